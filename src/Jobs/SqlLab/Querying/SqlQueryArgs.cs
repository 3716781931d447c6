using System.Text.Json.Serialization;
using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>Arguments of a <c>sql.query</c> job. Checked when they are made, so that a bad submit is refused before anything is stored.</summary>
[JobType(SqlLabJobs.QueryType)]
public sealed record SqlQueryArgs
{
    /// <summary>The largest row limit that a query may ask for.</summary>
    public const int MaxLimit = 50_000_000;

    /// <summary>The longest time that a query may ask for (requirement A2).</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(300);

    /// <summary>Describes one query.</summary>
    /// <param name="database">Name of a configured database, <c>Sql:Databases:&lt;name&gt;</c>. Whether it exists is known only where the job runs.</param>
    /// <param name="sql">One statement in the database's own SQL.</param>
    /// <param name="limit">Rows to keep, 1 to <see cref="MaxLimit"/>; the result says whether it cut anything. Null for <see cref="SqlLabOptions.DefaultLimit"/>.</param>
    /// <param name="timeout">How long the query may run, above zero and up to <see cref="MaxTimeout"/>; seconds as a number or <c>"00:05:00"</c> in JSON. Null for the job's soft limit.</param>
    /// <param name="cache">Whether a stored result of the same query may answer. Only false or null: the result cache does not exist yet.</param>
    /// <exception cref="ArgumentException">A value is out of its range; <see cref="ArgumentException.ParamName"/> names it.</exception>
    /// <exception cref="JobSystemException"><paramref name="cache"/> is true: code <c>not_available</c>.</exception>
    [JsonConstructor]
    public SqlQueryArgs(string database, string sql, int? limit = null, TimeSpan? timeout = null, bool? cache = null)
    {
        if (!Names.IsValid(database)) throw new ArgumentException($"'{database}' is not a database name: [a-z0-9][a-z0-9._-]{{0,99}}.", nameof(database));
        if (string.IsNullOrWhiteSpace(sql)) throw new ArgumentException("The SQL text is empty.", nameof(sql));
        if (sql.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("The SQL text holds a NUL character.", nameof(sql));
        if (limit is < 1 or > MaxLimit) throw new ArgumentException($"{limit} is not a row limit: 1 to {MaxLimit}.", nameof(limit));
        if (timeout is { } time && (time <= TimeSpan.Zero || time > MaxTimeout))
            throw new ArgumentException($"{time} is not a time limit: above zero and at most {MaxTimeout.TotalSeconds} s.", nameof(timeout));
        if (cache is true) throw new JobSystemException(ErrorCodes.NotAvailable, "args.cache: the result cache is not available in this version; leave the field out or send false.");
        Database = database;
        Sql = sql;
        Limit = limit;
        Timeout = timeout;
        Cache = cache;
    }

    /// <summary>Name of the database.</summary>
    public string Database { get; }

    /// <summary>The statement.</summary>
    public string Sql { get; }

    /// <summary>Rows to keep; null for the default.</summary>
    public int? Limit { get; }

    /// <summary>How long the query may run; null for the default.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? Timeout { get; }

    /// <summary>False or null.</summary>
    public bool? Cache { get; }
}
