using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Molino.Storage.Sqlite.Native;

/// <summary>A connection to the file. Used by one thread at a time.</summary>
internal sealed unsafe class NativeConnection : IDisposable
{
    private const int OpenReadWrite = 0x2;
    private const int OpenCreate = 0x4;
    private const int OpenNoMutex = 0x8000;
    private const int OpenExtendedCodes = 0x2000000;
    private const uint PreparePersistent = 1;

    private readonly List<NativeStatement> _statements = [];
    private readonly Dictionary<string, NativeStatement> _reused = [];
    private readonly int* _walFrames = (int*)NativeMemory.AllocZeroed(sizeof(int));
    private nint _db;

    private NativeConnection(nint db) => _db = db;

    /// <summary>SQLite's version, for example <c>3.50.4</c>.</summary>
    public static string LibraryVersion => Marshal.PtrToStringUTF8(NativeMethods.sqlite3_libversion()) ?? "";

    /// <summary>Frames in the log after this connection's last commit; needs <see cref="WatchLog"/>.</summary>
    public int WalFrames => *_walFrames;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => NativeMethods.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => NativeMethods.sqlite3_changes(_db);

    /// <summary>Rows changed since the connection was opened.</summary>
    public long TotalChanges => NativeMethods.sqlite3_total_changes64(_db);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether to create it when it is missing.</param>
    public static NativeConnection Open(string path, bool create)
    {
        var code = NativeMethods.sqlite3_open_v2(path, out var db, OpenReadWrite | (create ? OpenCreate : 0) | OpenNoMutex | OpenExtendedCodes, 0);
        var connection = new NativeConnection(db);
        if (code == ResultCode.Ok) return connection;
        var failure = connection.Failure(code);
        connection.Dispose();
        throw failure;
    }

    /// <summary>How long to wait for a lock of another connection.</summary>
    /// <param name="milliseconds">0 for not at all.</param>
    public void BusyTimeout(int milliseconds) => Check(NativeMethods.sqlite3_busy_timeout(_db, milliseconds));

    /// <summary>Keeps <see cref="WalFrames"/> up to date. Takes the place of automatic checkpoints.</summary>
    public void WatchLog() => NativeMethods.sqlite3_wal_hook(_db, &OnCommitted, (nint)_walFrames);

    /// <summary>Compiles one statement, which lives until the connection is closed.</summary>
    /// <param name="sql">The statement.</param>
    public NativeStatement Prepare(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* text = utf8)
        {
            Check(NativeMethods.sqlite3_prepare_v3(_db, text, utf8.Length, PreparePersistent, out var handle, out _));
            var statement = new NativeStatement(this, handle);
            _statements.Add(statement);
            return statement;
        }
    }

    /// <summary>A statement prepared at its first use. Callers reset it after reading.</summary>
    /// <param name="sql">The statement.</param>
    public NativeStatement Reuse(string sql)
    {
        if (!_reused.TryGetValue(sql, out var statement)) _reused[sql] = statement = Prepare(sql);
        return statement;
    }

    /// <summary>Runs statements, separated by semicolons, and ignores rows.</summary>
    /// <param name="sql">The statements.</param>
    public void Execute(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* text = utf8)
        {
            var next = text;
            var end = text + utf8.Length;
            while (next < end)
            {
                Check(NativeMethods.sqlite3_prepare_v3(_db, next, (int)(end - next), 0, out var handle, out next));
                if (handle == 0) continue;
                int code;
                do code = NativeMethods.sqlite3_step(handle);
                while (code == ResultCode.Row);
                _ = NativeMethods.sqlite3_finalize(handle);
                if (code != ResultCode.Done) throw Failure(code);
            }
        }
    }

    /// <summary>Runs a query of one number.</summary>
    /// <param name="sql">The query.</param>
    /// <returns>The number, 0 when there is no row.</returns>
    public long Scalar(string sql)
    {
        var statement = Reuse(sql);
        var number = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return number;
    }

    /// <summary>Copies frames of the log to the file.</summary>
    /// <param name="mode">0 for passive: waits for nobody.</param>
    /// <param name="walFrames">Frames in the log, -1 when unknown.</param>
    /// <param name="copied">Frames of these that are in the file.</param>
    /// <returns>False when another connection was in the way.</returns>
    public bool Checkpoint(int mode, out int walFrames, out int copied)
    {
        var code = NativeMethods.sqlite3_wal_checkpoint_v2(_db, 0, mode, out walFrames, out copied);
        if (ResultCode.Plain(code) is ResultCode.Busy or ResultCode.Locked) return false;
        Check(code);
        return true;
    }

    /// <summary>Throws unless a call succeeded.</summary>
    /// <param name="code">What it returned.</param>
    public void Check(int code)
    {
        if (code != ResultCode.Ok) throw Failure(code);
    }

    /// <summary>The exception of a failed call.</summary>
    /// <param name="code">What it returned.</param>
    public SqliteFailure Failure(int code)
    {
        var message = _db == 0 ? null : Marshal.PtrToStringUTF8(NativeMethods.sqlite3_errmsg(_db));
        return new SqliteFailure(code, message ?? "out of memory");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_db == 0) return;
        foreach (var statement in _statements) statement.Dispose();
        _ = NativeMethods.sqlite3_close_v2(_db);
        NativeMemory.Free(_walFrames);
        _db = 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnCommitted(nint frames, nint db, nint name, int count)
    {
        *(int*)frames = count;
        return ResultCode.Ok;
    }
}
