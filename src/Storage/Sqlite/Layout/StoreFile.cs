using System.Globalization;
using System.Security.Cryptography;
using Molino.Core;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>Opens connections to the file: checks that it is ours, brings its layout up to date, reads its identity.</summary>
internal sealed class StoreFile(SqliteStoreOptions options)
{
    /// <summary>Bytes of a page. Larger pages make the log grow faster, smaller ones make trees deeper.</summary>
    public const int PageSize = 4096;

    private const int BusyMilliseconds = 5000;

    /// <summary>The file, as a full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(options.Path);

    /// <summary>Opens the writer's connection; makes or migrates the file when needed.</summary>
    public NativeConnection OpenForWriting()
    {
        var connection = Open(create: true);
        try
        {
            var version = CheckLayout(connection);
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA page_size={PageSize};
                PRAGMA journal_mode=WAL;
                PRAGMA wal_autocheckpoint=0;
                PRAGMA synchronous=FULL;
                PRAGMA temp_store=MEMORY;
                PRAGMA journal_size_limit=67108864;
                PRAGMA cache_size={-1024 * options.CacheMiB};
                """));
            Migrate(connection, version, Schema.ApplicationId);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a file that no store opens until <see cref="Finish"/>: what it is made of is still to come.</summary>
    public NativeConnection OpenForImport()
    {
        var connection = Open(create: true);
        try
        {
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA page_size={PageSize}; PRAGMA application_id={Schema.UnfinishedId}; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; "
                + $"PRAGMA temp_store=MEMORY; PRAGMA cache_size={-1024 * options.CacheMiB};"));
            Migrate(connection, 0, Schema.UnfinishedId);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is a store that was never completed; false where there is no file.</summary>
    public bool IsUnfinished()
    {
        if (!File.Exists(Path)) return false;
        using var connection = Open(create: false);
        return connection.Scalar("PRAGMA application_id") == Schema.UnfinishedId;
    }

    /// <summary>The error of a file that was never completed.</summary>
    public StoreException Unfinished() => new(
        ErrorCodes.StoreIncomplete,
        $"The store {Path} was being restored or copied, and that was broken off: it is not complete. Clear it away with 'molino store discard sqlite:{Path}', then restore or copy again.");

    /// <summary>Makes the file a store, in one durable step with its identity.</summary>
    /// <param name="connection">The connection of <see cref="OpenForImport"/>.</param>
    /// <param name="generation">The store's generation.</param>
    public static void Finish(NativeConnection connection, int generation)
    {
        connection.Execute("PRAGMA synchronous=FULL; BEGIN IMMEDIATE");
        using (var save = connection.Prepare("INSERT INTO store(id, key, generation, boot, clean) VALUES (1, ?1, ?2, ?3, 1)"))
        {
            save.Bind(1, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            save.Bind(2, generation);
            save.Bind(3, BootId());
            save.Run();
        }

        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={Schema.ApplicationId}; COMMIT"));
    }

    /// <summary>Opens a connection for reading or checkpoints.</summary>
    public NativeConnection OpenForReading()
    {
        var connection = Open(create: false);
        connection.Execute("PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY;");
        return connection;
    }

    /// <summary>Reads the identity; raises the generation when a power loss may have taken commits that did not wait for the disk.</summary>
    /// <param name="connection">The writer's connection.</param>
    public static StoreIdentity Identify(NativeConnection connection)
    {
        var boot = BootId();
        using var row = connection.Prepare("SELECT key, generation, boot, clean FROM store WHERE id=1");
        string key;
        int generation;
        if (row.Step())
        {
            key = row.Text(0);
            generation = (int)row.Int64(1);
            if (row.Int64(3) == 0 && !string.Equals(row.Text(2), boot, StringComparison.Ordinal)) generation++;
            row.Reset();
        }
        else
        {
            key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            generation = 1;
        }

        using var save = connection.Prepare("INSERT OR REPLACE INTO store(id, key, generation, boot, clean) VALUES (1, ?1, ?2, ?3, 0)");
        save.Bind(1, key);
        save.Bind(2, generation);
        save.Bind(3, boot);
        save.Run();
        return new StoreIdentity(key, generation, Schema.Version);
    }

    /// <summary>Notes that all was synced before the store was closed.</summary>
    public static void MarkClean(NativeConnection connection) => connection.Execute("PRAGMA synchronous=FULL; UPDATE store SET clean=1;");

    /// <summary>Checks, before anything is written, that the file is empty or one of ours that this version can read.</summary>
    /// <returns>The file's layout, 0 for an empty one.</returns>
    private int CheckLayout(NativeConnection connection)
    {
        var version = (int)connection.Scalar("PRAGMA user_version");
        var application = connection.Scalar("PRAGMA application_id");
        if (application == Schema.UnfinishedId) throw Unfinished();
        if (application != Schema.ApplicationId && (version > 0 || connection.Scalar("SELECT count(*) FROM sqlite_schema") > 0))
            throw new StoreException(ErrorCodes.StoreCorrupt, "The file is an SQLite database of another program. Give another path.");
        if (version <= Schema.Version) return version;
        throw new StoreException(
            ErrorCodes.StoreTooNew,
            $"The store has layout {version}, this version of Molino reads up to {Schema.Version}. Start the version that wrote it, or a newer one.");
    }

    private static void Migrate(NativeConnection connection, int version, int application)
    {
        if (version == Schema.Version) return;
        connection.Execute("BEGIN IMMEDIATE");
        for (; version < Schema.Version; version++) connection.Execute(Schema.StepFrom(version));
        connection.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA user_version={Schema.Version}; PRAGMA application_id={application}; COMMIT"));
    }

    private static string BootId()
    {
        const string Linux = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Linux) ? File.ReadAllText(Linux).Trim() : "";
    }

    private NativeConnection Open(bool create)
    {
        var connection = NativeConnection.Open(Path, create);
        connection.BusyTimeout(BusyMilliseconds);
        return connection;
    }
}
