using System.ComponentModel.DataAnnotations;

namespace Molino.Storage.Sqlite;

/// <summary>Where the SQLite store is, and what it may use. Checked when the store is first asked for.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The file; its folder is made when it is missing. Beside it lie <c>-wal</c>, <c>-shm</c> and <c>.lock</c> files. Default <c>data/molino.db</c> under the working folder.</summary>
    [Required]
    public string Path { get; set; } = System.IO.Path.Combine("data", "molino.db");

    /// <summary>
    /// Memory for pages that the writer keeps, in MiB, 4 to 1,024. Default 8. Memory does not grow with the backlog.
    /// More is not faster: work is at the two ends of its tables, and until a file has 1 GiB, a commit that balanced a tree walks the whole
    /// cache (SQLite numbers pages through its lock page while it sorts them, and then drops what lies beyond the end of the file).
    /// </summary>
    [Range(4, 1024)]
    public int CacheMiB { get; set; } = 8;

    /// <summary>Connections for reading, 1 to 32; each keeps up to 2 MiB of pages. Default 4.</summary>
    [Range(1, 32)]
    public int Readers { get; set; } = 4;

    /// <summary>Calls that may wait for the writer, 16 to 100,000; more wait for room. Default 8,192.</summary>
    [Range(16, 100_000)]
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>Size of the write-ahead log at which it is copied into the file, in MiB, 1 to 1,024. Default 32. The log stays below a few times this.</summary>
    [Range(1, 1024)]
    public int CheckpointMiB { get; set; } = 32;

    /// <summary>Below this much free disk, in MiB, new jobs are refused (<c>store_full</c>) while running ones still end. 0 switches it off. Default 64.</summary>
    [Range(0, 1_000_000)]
    public int MinFreeMiB { get; set; } = 64;
}
