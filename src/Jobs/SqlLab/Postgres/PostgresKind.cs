using Npgsql;

namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>PostgreSQL, by way of Npgsql.</summary>
internal sealed class PostgresKind(TimeProvider time) : ISqlDatabaseKind
{
    private static readonly string[] Reserved = ["statement_timeout", "application_name", "timezone", "datestyle", "bytea_output", "extra_float_digits"];

    public string Name => "Postgres";

    public IEnumerable<string> Validate(string key, SqlDatabaseOptions options)
    {
        if (options.Path is not null) yield return $"{key}:Path: not a setting of Postgres.";
        if (options.Url is null) yield return $"{key}:Url: missing; a connection string, for example Host=db;Port=5432.";
        else if (Parse(options.Url) is { } problem) yield return $"{key}:Url: not a connection string: {problem}";
        foreach (var setting in options.Settings.Keys)
        {
            if (Reserved.Contains(setting, StringComparer.OrdinalIgnoreCase)) yield return $"{key}:Settings:{setting}: set by Molino itself.";
            else if (!setting.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.')) yield return $"{key}:Settings:{setting}: not the name of a run-time parameter.";
        }
    }

    public ISqlDatabase Create(string name, SqlDatabaseOptions options, TimeSpan stopTimeout) => new PostgresDatabase(name, options, stopTimeout, time);

    private static string? Parse(string url)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(url).Host) ? "Host is missing." : null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return error.Message;
        }
    }
}
