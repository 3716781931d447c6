using System.Globalization;
using Npgsql;

namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>Runs statements on PostgreSQL and stops them there. A query is found again by its connection's application_name.</summary>
internal sealed class PostgresDatabase(string name, SqlDatabaseOptions options, TimeSpan stopTimeout, TimeProvider time) : ISqlDatabase, IDisposable
{
    private const string OthersOfQuery = "FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()";

    // A backend that does not heed the cancel request in this time is ended.
    private static readonly TimeSpan PatienceWithCancel = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LostStopTimeout = TimeSpan.FromSeconds(2);

    private readonly PostgresConnector _connector = new(name, options);
    private readonly StopConfirmation _stops = new(name, time);

    public async Task ExecuteAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken)
    {
        if (PostgresStatements.FindSecond(statement.Sql) is { } second)
            throw SqlErrors.MultipleStatements(SqlPosition.OfCharacter(statement.Sql, statement.Sql[..second].EnumerateRunes().Count()));
        try
        {
            var complete = await RunAsync(statement, sink, cancellationToken).ConfigureAwait(false);
            if (!complete) await ConfirmGoneAsync(statement.QueryId, stopTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException error) when (!cancellationToken.IsCancellationRequested && error.SqlState is not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown))
        {
            throw ToJobError(error, statement);
        }
        catch (DatabaseUnreachableException) when (!cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (error is NpgsqlException or IOException or System.Net.Sockets.SocketException)
        {
            await AfterLossAsync(statement.QueryId, error, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await ConfirmGoneAsync(statement.QueryId, stopTimeout, CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public Task KillAsync(string queryId, CancellationToken cancellationToken) => ConfirmGoneAsync(queryId, stopTimeout, cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connector.AskAsync("SELECT length($1)", "", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TransientSqlException)
        {
            throw new DatabaseUnreachableException(name, error.Message, error);
        }
    }

    public void Dispose() => _connector.Dispose();

    private async Task<bool> RunAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken)
    {
        await using var connection = await _connector.OpenAsync(cancellationToken).ConfigureAwait(false);
        await BeginAsync(connection, statement, cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(statement.Sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        var complete = false;
        try
        {
            complete = await PostgresResultReader.ReadAsync(reader, sink, cancellationToken).ConfigureAwait(false);
            return complete;
        }
        finally
        {
            // Otherwise closing the reader would read the whole rest of the result.
            if (!complete) command.Cancel();
        }
    }

    /// <summary>Makes way for this attempt if a lost one left its query behind, and names the session.</summary>
    private async Task BeginAsync(NpgsqlConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        await using var leftovers = new NpgsqlCommand("SELECT count(*) " + OthersOfQuery, connection) { Parameters = { new() { Value = statement.QueryId } } };
        if ((long)(await leftovers.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! > 0)
            await ConfirmGoneAsync(statement.QueryId, stopTimeout, cancellationToken).ConfigureAwait(false);
        var milliseconds = ((long)Math.Ceiling(statement.Timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        await using var session = new NpgsqlCommand("SELECT set_config('application_name', $1, false), set_config('statement_timeout', $2, false)", connection)
        {
            Parameters = { new() { Value = statement.QueryId }, new() { Value = milliseconds } },
        };
        await session.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task AfterLossAsync(string queryId, Exception lost, CancellationToken cancellationToken)
    {
        var unknown = "";
        try
        {
            await ConfirmGoneAsync(queryId, LostStopTimeout < stopTimeout ? LostStopTimeout : stopTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StopUnconfirmedException) when (!cancellationToken.IsCancellationRequested)
        {
            unknown = $" It does not answer since, so whether query {queryId} still runs there is not known.";
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new DatabaseConnectionLostException(name, (lost.InnerException?.Message ?? lost.Message) + unknown, lost);
    }

    private async Task ConfirmGoneAsync(string queryId, TimeSpan budget, CancellationToken cancellationToken) =>
        await _stops.RunAsync(
            queryId,
            budget,
            async (tried, token) =>
            {
                var stop = tried < PatienceWithCancel ? "pg_cancel_backend" : "pg_terminate_backend";
                return await _connector.AskAsync($"SELECT count({stop}(pid)) {OthersOfQuery}", queryId, token).ConfigureAwait(false) == 0;
            },
            cancellationToken).ConfigureAwait(false);

    private Exception ToJobError(PostgresException error, SqlStatement statement)
    {
        SqlPosition? position = error.Position > 0 ? SqlPosition.OfCharacter(statement.Sql, error.Position - 1) : null;
        var full = string.Join('\n', new[] { error.MessageText, error.Detail, error.Hint }.Where(part => !string.IsNullOrEmpty(part)));
        return error.SqlState switch
        {
            PostgresErrorCodes.SyntaxError => SqlErrors.Server(SqlErrors.Syntax, error.MessageText, error.SqlState, position, full, error),
            PostgresErrorCodes.UndefinedTable => SqlErrors.Server(SqlErrors.UnknownTableType, error.MessageText, error.SqlState, position, full, error),
            PostgresErrorCodes.QueryCanceled when error.MessageText.Contains("statement timeout", StringComparison.Ordinal) => SqlErrors.TimeLimit(statement.Timeout, error),
            _ when error.IsTransient => new TransientSqlException(name, error.SqlState, error.MessageText, error),
            _ => SqlErrors.Server(SqlErrors.Sql, error.MessageText, error.SqlState, position, full, error),
        };
    }
}
