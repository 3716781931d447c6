using SQLitePCL;

namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>
/// The bundled sample: a mill's shop, about 15,000 rows, the same in every process. It is made in memory at first use (about 1 MiB), so that the first query works from any
/// working folder and from an installation that cannot be written to.
/// </summary>
internal sealed class SqliteSample : ISqliteSource
{
    private readonly Lazy<(string Address, sqlite3 Keeper)> _database = new(Create);

    public string Address => _database.Value.Address;

    public void Dispose()
    {
        if (_database.IsValueCreated) _database.Value.Keeper.Dispose();
    }

    // SQLite's "memdb" file system shares a memory database among a process's connections by its name, for as long as one of them is open.
    private static (string Address, sqlite3 Keeper) Create()
    {
        using var resource = typeof(SqliteSample).Assembly.GetManifestResourceStream(typeof(SqliteSample), "sample.sql")!;
        using var reader = new StreamReader(resource);
        var address = $"file:/molino-sample-{Guid.NewGuid():n}?vfs=memdb";
        var keeper = SqliteConnectionHandle.Open(address, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        if (raw.sqlite3_exec(keeper, reader.ReadToEnd(), out var problem) == raw.SQLITE_OK) return (address, keeper);
        keeper.Dispose();
        throw new InvalidOperationException("The bundled sample database could not be made: " + problem);
    }
}
