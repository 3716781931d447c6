using System.ComponentModel.DataAnnotations;

namespace Molino.Jobs.SqlLab;

/// <summary>Settings of the SQL job pack: the configuration section <c>Sql</c>.</summary>
public sealed class SqlLabOptions
{
    /// <summary>Name of the bundled database.</summary>
    public const string SampleName = "sample";

    /// <summary>The databases, by name.</summary>
    public Dictionary<string, SqlDatabaseOptions> Databases { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the bundled SQLite database <c>sample</c> is there, when no database of that name is configured. Default true.</summary>
    public bool Sample { get; set; } = true;

    /// <summary>Rows kept of a query that names no limit. Default 1,000,000.</summary>
    [Range(1, SqlQueryArgs.MaxLimit)]
    public int DefaultLimit { get; set; } = 1_000_000;

    /// <summary>Bytes of rows, as JSON before compression, above which a result is refused. Default 256 MiB; from 1 KiB to 64 GiB.</summary>
    [Range(1024L, 64L * 1024 * 1024 * 1024)]
    public long MaxResultBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long a stopped query may take until the database confirms that it is gone. Default 15 s; from 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
