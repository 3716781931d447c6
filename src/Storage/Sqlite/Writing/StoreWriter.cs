using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage.Sqlite.Health;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>The one thread that writes. It takes all that has queued when the last commit ends, and commits it together; it never lingers.</summary>
internal sealed class StoreWriter
{
    /// <summary>Changes that one commit may hold; more wait for the next, so that a commit stays short.</summary>
    private const int MaxWeight = 20_000;

    /// <summary>SQLite's mode for a checkpoint that empties the log.</summary>
    private const int Truncate = 3;

    /// <summary>How often a failed or full store is tried again, and the free disk looked at.</summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(900);

    private readonly WriteQueue _queue;
    private readonly IWriterHost _host;
    private readonly StoreHealth _health;
    private readonly DiskWatch _disk;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WriteItem> _group = [];
    private WriteSession? _session;
    private long _lastProbe;
    private bool _full;

    /// <summary>Creates the writer; <see cref="Start"/> starts it.</summary>
    public StoreWriter(IWriterHost host, StoreHealth health, DiskWatch disk, int capacity, TimeProvider time, ILogger logger)
    {
        _host = host;
        _health = health;
        _disk = disk;
        _time = time;
        _logger = logger;
        _queue = new WriteQueue(capacity);
        _thread = new Thread(Loop) { IsBackground = true, Name = "molino-sqlite-writer" };
    }

    /// <summary>Ends when all that was queued is done and the file is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread.</summary>
    /// <param name="session">The open file; the thread's own from now on.</param>
    public void Start(WriteSession session)
    {
        _session = session;
        _lastProbe = _time.GetTimestamp();
        _thread.Start();
    }

    /// <summary>Does work in the next commit.</summary>
    /// <param name="item">The work.</param>
    /// <param name="cancellationToken">Stops the wait for room; work that is queued is done.</param>
    public async Task<T> DoAsync<T>(WriteItem<T> item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await _queue.AddAsync(item, cancellationToken).ConfigureAwait(false)) throw Closed();
        return await item.Answer.ConfigureAwait(false);
    }

    /// <summary>The error of work that comes too late.</summary>
    public static StoreException Closed() => new(ErrorCodes.StoreUnavailable, "The store is closed.");

    /// <summary>Takes no more work; what is queued is done.</summary>
    public void Close() => _queue.Close();

    /// <summary>Waits like <see cref="Ended"/>.</summary>
    public void Join() => _thread.Join();

    private void Loop()
    {
        while (_queue.Take(_group, MaxWeight, ProbeEvery))
        {
            Probe();
            if (_group.Count > 0) Process(_group);
            _group.Clear();
            if (_session is not null) _host.AfterCommit(_session);
        }

        if (_session is not null) _host.Closing(_session);
        _session?.Dispose();
        _session = null;
        _ended.TrySetResult();
    }

    private void Process(List<WriteItem> group)
    {
        if (_health.IsCorrupt || _session is null)
        {
            FailAll(group, _health.ToException());
            return;
        }

        if (_full) group = RefuseGrowth(group);
        if (group.Count > 0) CommitGroup(_session, group);
    }

    private void CommitGroup(WriteSession session, List<WriteItem> group)
    {
        try
        {
            session.Begin(group.Any(item => item.Durable));
            foreach (var item in group) item.Execute(session);
        }
        catch (Exception error)
        {
            Reopen(session);
            AfterRollback(group, error);
            return;
        }

        try
        {
            session.Commit();
        }
        catch (SqliteFailure failure)
        {
            Resolve(session, group, failure);
            return;
        }

        Answer(session, group);
    }

    private void Answer(WriteSession session, List<WriteItem> group)
    {
        _host.Committed(session);
        foreach (var item in group) item.Complete();
    }

    /// <summary>Nothing of the group is stored. Does its items one by one, so that only those that cannot be done fail.</summary>
    private void AfterRollback(List<WriteItem> group, Exception error)
    {
        var failure = error as SqliteFailure;
        if (failure is not null) Note(failure);
        if (error is StoreException damage) _health.NoteDamage(damage);
        if (group.Count == 1)
        {
            group[0].Fail(failure?.ToStoreException(_host.Path) ?? error);
            return;
        }

        foreach (var item in group) Process([item]);
    }

    /// <summary>A commit failed: opens the file anew and looks whether it is there.</summary>
    private void Resolve(WriteSession session, List<WriteItem> group, SqliteFailure failure)
    {
        var attempted = session.Books.Commits;
        Log.CommitFailed(_logger, _host.Path, failure.ResultCode, failure.Message);
        Reopen(session);
        try
        {
            if (_session is null) throw failure;
            if (_session.Books.Commits >= attempted)
            {
                // It is in the log. The sync failed, so only a copy in the file, synced, is sure to stay.
                if (!_session.Connection.Checkpoint(Truncate, out _, out _)) throw failure;
                Answer(session, group);
                return;
            }

            // It is not. Its frames may still lie in the log, where a crash could bring them back: another commit in their place prevents that.
            _session.Begin(durable: true);
            _session.CommitAlways();
        }
        catch (SqliteFailure again)
        {
            _session?.Dispose();
            _session = null;
            _health.Failed(again);
            FailAll(group, new StoreException(
                ErrorCodes.OutcomeUnknown,
                $"A commit to the store {_host.Path} failed ({failure.Message}) and the store cannot be read now. Read again before repeating.",
                again));
            return;
        }

        AfterRollback(group, failure);
    }

    /// <summary>Throws the session away, which rolls back, and makes another.</summary>
    private void Reopen(WriteSession? old)
    {
        old?.Dispose();
        _session = null;
        try
        {
            _session = _host.OpenSession();
        }
        catch (SqliteFailure failure)
        {
            Note(failure);
        }
        catch (StoreException error)
        {
            _health.Failed(error);
        }
    }

    private void Note(SqliteFailure failure)
    {
        _health.Failed(failure);
        if (ResultCode.Plain(failure.ResultCode) == ResultCode.Full) _full = true;
        _lastProbe = _time.GetTimestamp();
        Log.WriteFailed(_logger, _host.Path, failure.ResultCode, failure.Message);
    }

    /// <summary>Once a second: heals what can heal, and sees the disk fill up before it is full.</summary>
    private void Probe()
    {
        if (_time.GetElapsedTime(_lastProbe) < ProbeEvery) return;
        _lastProbe = _time.GetTimestamp();
        if (_health.IsCorrupt) return;
        if (_session is null)
        {
            Reopen(null);
            if (_session is null) return;
        }

        var room = _disk.HasRoom(_full);
        if (!room)
        {
            _full = true;
            _health.Failed(_disk.ToException());
            return;
        }

        if (_health.Condition.Ready)
        {
            _health.Near(_disk.Warning());
            return;
        }

        try
        {
            _session.Begin(durable: true);
            _session.CommitAlways();
            _full = false;
            _health.Ready();
            Log.Healed(_logger, _host.Path);
        }
        catch (SqliteFailure failure)
        {
            Note(failure);
            _session.Dispose();
            _session = null;
        }
    }

    private List<WriteItem> RefuseGrowth(List<WriteItem> group)
    {
        var rest = new List<WriteItem>();
        foreach (var item in group)
        {
            if (item.AddsJobs) item.Fail(_health.ToException());
            else rest.Add(item);
        }

        return rest;
    }

    private static void FailAll(List<WriteItem> group, Exception error)
    {
        foreach (var item in group) item.Fail(error);
    }
}
