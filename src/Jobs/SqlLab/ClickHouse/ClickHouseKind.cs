namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>ClickHouse over its HTTP interface, 18.16 and later.</summary>
internal sealed class ClickHouseKind(TimeProvider time) : ISqlDatabaseKind
{
    /// <summary>What the pack itself sets for each query.</summary>
    private static readonly string[] Reserved =
    [
        "query", "query_id", "user", "password", "database", "default_format", "max_execution_time", "timeout_overflow_mode", "max_result_rows", "max_result_bytes",
        "result_overflow_mode", "output_format_json_quote_64bit_integers", "output_format_json_quote_denormals", "output_format_write_statistics",
        "send_progress_in_http_headers", "wait_end_of_query", "compress", "enable_http_compression", "session_id",
    ];

    public string Name => "ClickHouse";

    public IEnumerable<string> Validate(string key, SqlDatabaseOptions options)
    {
        if (options.Url is null) yield return $"{key}:Url: missing; for example http://host:8123.";
        else if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.UserInfo.Length > 0)
            yield return $"{key}:Url: not an address such as http://host:8123, without user and query.";
        if (options.Path is not null) yield return $"{key}:Path: not a setting of ClickHouse.";
        if (options.User?.Contains(':', StringComparison.Ordinal) is true) yield return $"{key}:User: must not contain a colon.";
        foreach (var setting in options.Settings.Keys.Where(setting => Reserved.Contains(setting, StringComparer.Ordinal)))
            yield return $"{key}:Settings:{setting}: set by Molino itself.";
    }

    public ISqlDatabase Create(string name, SqlDatabaseOptions options, TimeSpan stopTimeout) =>
        new ClickHouseDatabase(name, new ClickHouseClient(name, options), options.Settings, stopTimeout, time);
}
