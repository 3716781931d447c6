using Molino.Core;
using Molino.Storage.Sqlite.Events;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>
/// The writer's view of an open file: its connection and all that it keeps in memory beside it. Thrown away whole after a rollback,
/// so memory can never be ahead of the file.
/// </summary>
internal sealed class WriteSession : IDisposable
{
    private readonly NativeConnection _connection;
    private readonly JobCache _cache = new();
    private readonly List<CommittedChange> _committed = [];
    private readonly List<string> _newQueues = [];
    private readonly NativeStatement _begin;
    private readonly NativeStatement _commit;
    private bool? _durable;
    private long _changesAtBegin;

    /// <summary>Loads what the writer keeps in memory.</summary>
    /// <param name="connection">An open connection, owned by the session from now on.</param>
    /// <param name="time">The store's clock.</param>
    public WriteSession(NativeConnection connection, TimeProvider time)
    {
        _connection = connection;
        Time = time;
        Names = new NameTable(connection);
        Counts = new CountTable(connection);
        Paused = new PausedTable(connection);
        Books = new Books(connection);
        Jobs = new JobTable(connection, () => Names);
        Events = new EventAppender(connection, Books, Names);
        Keys = new SubmitKeys(connection, Names);
        Content = new Content.ContentTables(connection);
        States = new State.StateTable(connection, Books);
        Reminders = new State.ReminderRows(connection, Books);
        Changes = new ChangeStep(this);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _newQueues.AddRange(Counts.Queues.Select(Names.NameOf));
    }

    public TimeProvider Time { get; }

    public NameTable Names { get; }

    public CountTable Counts { get; }

    public PausedTable Paused { get; }

    public Books Books { get; }

    public JobTable Jobs { get; }

    public EventAppender Events { get; }

    public SubmitKeys Keys { get; }

    public Content.ContentTables Content { get; }

    public State.StateTable States { get; }

    public State.ReminderRows Reminders { get; }

    public ChangeStep Changes { get; }

    public NativeConnection Connection => _connection;

    /// <summary>Changes of the open commit, in order.</summary>
    public List<CommittedChange> Committed => _committed;

    /// <summary>Queues that got their first job since the last time this was emptied.</summary>
    public List<string> NewQueues => _newQueues;

    /// <summary>Opens a transaction.</summary>
    /// <param name="durable">Whether its commit waits for the disk.</param>
    public void Begin(bool durable)
    {
        if (_durable != durable)
        {
            _connection.Execute(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            _durable = durable;
        }

        _committed.Clear();
        _changesAtBegin = _connection.TotalChanges;
        _begin.Run();
    }

    /// <summary>Stores counts, books and events, and commits. Writes nothing when nothing changed: an idle pool that asks costs no disk.</summary>
    public void Commit()
    {
        if (_connection.TotalChanges == _changesAtBegin && !Books.HaveChanged) _commit.Run();
        else CommitAlways();
    }

    /// <summary>Commits, with the next commit's number, also when nothing changed.</summary>
    public void CommitAlways()
    {
        Events.Flush();
        Counts.Store();
        Books.Store();
        _commit.Run();
    }

    /// <summary>Finds a job as the open transaction sees it.</summary>
    public StoredJob? Find(JobId id) => _cache.TryGet(id, out var cached) ? cached : Jobs.Find(id);

    /// <summary>Adds a new job.</summary>
    /// <returns>False when a job of this id is there; nothing changed then.</returns>
    public bool TryInsert(Job job, JobEvent change)
    {
        var stored = new StoredJob(job, Events.Next, job.Spec.IdempotencyKey is not null);
        if (!Jobs.TryInsert(stored)) return false;
        Events.Append(change, job, 0);
        CountIn(job);
        Books.Accepted++;
        _committed.Add(new CommittedChange(job, change.Kind));
        return true;
    }

    /// <summary>Writes a change that was judged legal.</summary>
    /// <param name="before">As the job was.</param>
    /// <param name="job">As it is now.</param>
    /// <param name="change">What happened.</param>
    /// <returns>The job as stored now.</returns>
    public StoredJob Update(StoredJob before, Job job, JobEvent change)
    {
        var stored = before with { Job = job, LastEvent = Events.Append(change, job, before.LastEvent) };
        Jobs.Update(before.Job, stored);
        Counts.Add(before.Job, Names.CodeOf(before.Job.Queue), -1);
        CountIn(job);
        if (job.Status.IsTerminal() && !before.Job.Status.IsTerminal())
            Content.DropOtherChunks(job.Sequence, job.Status == JobStatus.Succeeded ? job.Token.Epoch : 0);
        _cache.Put(stored);
        _committed.Add(new CommittedChange(job, change.Kind));
        return stored;
    }

    /// <summary>Applies an event to a job that it fits, and writes it.</summary>
    public StoredJob Apply(StoredJob before, JobEvent change) => Update(before, JobTransitions.Apply(before.Job, change), change);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void CountIn(Job job)
    {
        if (Counts.Add(job, Names.CodeOf(job.Queue), 1)) _newQueues.Add(job.Queue);
    }
}
