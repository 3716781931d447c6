using Molino.Core;
using Molino.Storage.Listing;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Leasing;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.Recovery;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite;

/// <summary>The job store in SQLite.</summary>
internal sealed class SqliteJobStore(SqliteEngine engine) : IJobStore
{
    private const int MaxChanges = 1000;
    private const int MaxSubmits = 10_000;

    /// <inheritdoc/>
    public StoreIdentity Identity => engine.Identity;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public StoreCondition Condition => engine.Health.Condition;

    /// <inheritdoc/>
    public Task OpenAsync(string silo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(silo);
        return Task.Run(engine.Open, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing, Action? whenQueued, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0) return [];
        bool durable = false, adds = false, submitsOnly = true;
        foreach (var change in changes)
        {
            var kind = change.Event.Kind;
            durable |= kind is not (JobEventKind.Leased or JobEventKind.Progressed or JobEventKind.BecameDue);
            adds |= kind == JobEventKind.Submitted;
            submitsOnly &= kind == JobEventKind.Submitted;
        }

        if (changes.Count > (submitsOnly ? MaxSubmits : MaxChanges))
            throw new ArgumentException($"A batch has {changes.Count} changes; {MaxChanges} are allowed, {MaxSubmits} of submits alone.", nameof(changes));
        var item = new WriteItem<ChangeResult[]>(session => session.Changes.Apply(changes, allOrNothing))
        {
            Durable = durable,
            AddsJobs = adds,
            WhenQueued = whenQueued,
            Weight = changes.Count,
        };
        return await engine.WriteAsync(item, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<LeaseResult> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var item = new WriteItem<LeaseResult>(session => LeaseStep.Run(session, request))
        {
            Durable = request.Completions.Count > 0,
            Weight = request.Completions.Count + Math.Max(1, request.Max),
        };
        return engine.WriteAsync(item, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync(reader => reader.Jobs.Find(id)?.Job, cancellationToken);

    /// <inheritdoc/>
    public Task<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var from = ListCursor.Read(filter.Cursor, engine.Identity);
        return engine.Readers.ScanAsync(reader => new JobLister(reader, filter, engine.Identity).List(from), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueCounts>> QueuesAsync(CancellationToken cancellationToken) =>
        engine.Readers.ScanAsync(reader => QueueReader.ReadAll(reader), cancellationToken);

    /// <inheritdoc/>
    public Task<QueueCounts?> QueueAsync(string queue, CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync(reader => QueueReader.Read(reader, queue), cancellationToken);

    /// <inheritdoc/>
    public bool KnowsQueue(string queue) => engine.KnowsQueue(queue);

    /// <inheritdoc/>
    public Task<bool> SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return engine.WriteAsync(new WriteItem<bool>(session => Pause(session, queue, paused)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunningLease>> LeasesAsync(string silo, CancellationToken cancellationToken) =>
        engine.Readers.ScanAsync(reader => LeaseReader.Leases(reader, silo), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> LeaseHoldersAsync(CancellationToken cancellationToken) =>
        engine.Readers.ScanAsync(LeaseReader.Holders, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> RecoverAsync(string silo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(silo);
        var total = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = new WriteItem<int>(session => RecoverStep.Run(session, silo)) { Weight = RecoverStep.BatchSize };
            var recovered = await engine.WriteAsync(item, cancellationToken).ConfigureAwait(false);
            total += recovered;
            if (recovered < RecoverStep.BatchSize) return total;
        }
    }

    /// <inheritdoc/>
    public Task<StoreTotals> TotalsAsync(CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync(TotalsReader.Read, cancellationToken);

    /// <inheritdoc/>
    public IDisposable Observe(ICommitObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return engine.Observe(observer);
    }

    /// <inheritdoc/>
    public void Watch(JobId job)
    {
        // This process is the only writer: observers hear of every commit.
    }

    /// <inheritdoc/>
    public void Unwatch(JobId job)
    {
        // See Watch.
    }

    private static bool Pause(WriteSession session, string queue, bool paused)
    {
        if (!session.Names.TryCodeOf(queue, out var code) || !session.Counts.Knows(code)) return false; // types and silos have names, too
        session.Paused.Set(code, paused);
        return true;
    }
}
