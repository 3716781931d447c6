using Microsoft.Extensions.Logging;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Checkpoints;

/// <summary>Copies the log into the file, beside the writer, so that the log stays bounded.</summary>
/// <remarks>
/// <para>A passive checkpoint on a thread of its own copies nearly all frames while the writer goes on. The few that came meanwhile are copied
/// by the writer itself between two commits, after which its next commit starts the log anew.</para>
/// <para>SQLite before 3.51.3 can lose pages when a log is restarted while a checkpoint that found nothing left to copy is still running
/// ("WAL-reset bug", sqlite.org/wal.html). Here a checkpoint starts only after a commit that followed the last one, so there is something left to
/// copy and the log cannot be restarted under it; and writer and checkpointer never copy at once.</para>
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    private const int Passive = 0;
    private const int Restart = 2;
    private const int MaxRounds = 4;
    private const int TailFrames = 512;

    /// <summary>At this many times the threshold the writer waits for the copy: the log's bound.</summary>
    private const int HardFactor = 4;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly StoreFile _file;
    private readonly ILogger _logger;
    private readonly int _threshold;
    private readonly object _gate = new();
    private readonly Thread _thread;
    private volatile Phase _phase;
    private int _walFrames;
    private long _commits;
    private bool _closed;

    /// <summary>Creates and starts the thread.</summary>
    public Checkpointer(StoreFile file, int checkpointMiB, ILogger logger)
    {
        _file = file;
        _logger = logger;
        _threshold = (int)(((long)checkpointMiB << 20) / StoreFile.PageSize);
        _thread = new Thread(Loop) { IsBackground = true, Name = "molino-sqlite-checkpoints" };
        _thread.Start();
    }

    private enum Phase
    {
        /// <summary>Waits for the log to grow.</summary>
        Idle,

        /// <summary>Copies.</summary>
        Copying,

        /// <summary>The writer is to copy the rest.</summary>
        Tail,
    }

    /// <summary>The writer has committed. Copies the rest when that is due.</summary>
    public void AfterCommit(WriteSession session)
    {
        var connection = session.Connection;
        var isNew = _commits != session.Books.Commits;
        _commits = session.Books.Commits;
        Volatile.Write(ref _walFrames, connection.WalFrames);
        if (connection.WalFrames < _threshold && _phase != Phase.Tail) return;
        if (!IsTail(connection.WalFrames, isNew)) return;

        // Beyond twice the threshold readers were in the way before: waits for them, they are short.
        Copy(connection, connection.WalFrames >= 2 * _threshold ? Restart : Passive, out _);
        lock (_gate) _phase = Phase.Idle;
    }

    /// <summary>Stops the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private bool IsTail(int frames, bool isNew)
    {
        lock (_gate)
        {
            if (_phase == Phase.Idle && isNew && frames >= _threshold)
            {
                _phase = Phase.Copying;
                Monitor.PulseAll(_gate);
            }

            if (_phase == Phase.Copying && frames >= HardFactor * _threshold) Monitor.Wait(_gate, MaxWait);
            return _phase == Phase.Tail;
        }
    }

    private void Loop()
    {
        NativeConnection? connection = null;
        while (WaitForWork())
        {
            var done = false;
            try
            {
                connection ??= _file.OpenForReading();
                done = CopyMost(connection);
            }
            catch (SqliteFailure failure)
            {
                Log.CheckpointFailed(_logger, _file.Path, failure.ResultCode, failure.Message);
                connection?.Dispose();
                connection = null;
            }

            lock (_gate)
            {
                _phase = done ? Phase.Tail : Phase.Idle;
                Monitor.PulseAll(_gate);
            }
        }

        connection?.Dispose();
    }

    private bool CopyMost(NativeConnection connection)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (!Copy(connection, Passive, out var copied)) return false;
            if (Volatile.Read(ref _walFrames) - copied <= TailFrames) break;
        }

        return true;
    }

    private bool Copy(NativeConnection connection, int mode, out int copied)
    {
        try
        {
            return connection.Checkpoint(mode, out _, out copied);
        }
        catch (SqliteFailure failure)
        {
            Log.CheckpointFailed(_logger, _file.Path, failure.ResultCode, failure.Message);
            copied = 0;
            return false;
        }
    }

    private bool WaitForWork()
    {
        lock (_gate)
        {
            while (_phase != Phase.Copying && !_closed) Monitor.Wait(_gate);
            return !_closed;
        }
    }
}
