using System.Globalization;
using Npgsql;

namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>Opens connections to one PostgreSQL server: one for each query, so that no query finds the session state of another, and its end shows as the end of its backend.</summary>
internal sealed class PostgresConnector : IDisposable
{
    private readonly string _name;
    private readonly NpgsqlDataSource _source;

    public PostgresConnector(string name, SqlDatabaseOptions options)
    {
        _name = name;
        var builder = new NpgsqlDataSourceBuilder(options.Url!);
        var settings = builder.ConnectionStringBuilder;
        settings.Database = options.Database ?? settings.Database;
        settings.Username = options.User ?? settings.Username;
        settings.Pooling = false;
        settings.Enlist = false;
        settings.ApplicationName ??= "molino";
        settings.Timezone = "UTC";
        settings.Timeout = 5;
        settings.CommandTimeout = 0;
        settings.Options = string.Join(' ', new[] { settings.Options, "-c datestyle=ISO -c bytea_output=hex -c extra_float_digits=1" }.Concat(options.Settings.Select(Option)));
        if (options.PasswordFile is not null)
            builder.UsePasswordProvider(_ => throw new NotSupportedException("Connections are opened asynchronously."), async (_, token) => await options.ReadPasswordAsync(token).ConfigureAwait(false) ?? "");
        _source = builder.Build();
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DatabaseUnreachableException">The server does not answer, or refuses the login or the database.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.IsTransient)
        {
            throw new TransientSqlException(_name, error.SqlState, error.MessageText, error);
        }
        catch (PostgresException error)
        {
            throw new DatabaseUnreachableException(_name, $"it refused the connection: {error.MessageText} (code {error.SqlState})", error);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new DatabaseUnreachableException(_name, error.InnerException is { } inner ? $"{error.Message}: {inner.Message}" : error.Message, error);
        }
    }

    /// <summary>Asks for one number, on a connection of its own.</summary>
    public async Task<long> AskAsync(string sql, string argument, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = argument } } };
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _source.Dispose();

    private static string Option(KeyValuePair<string, string> setting) =>
        $"-c {setting.Key}={setting.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)}";
}
