using Molino.Core;
using Molino.Storage.Listing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Reading;
using Molino.Storage.Redis.Recovery;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis;

/// <summary>The job store in Redis.</summary>
internal sealed class RedisJobStore(RedisEngine engine) : IJobStore
{
    private const int MaxChanges = 1000;
    private const int MaxSubmits = 10_000;

    /// <inheritdoc/>
    public StoreIdentity Identity => engine.Identity;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public StoreCondition Condition => engine.Condition;

    /// <inheritdoc/>
    public Task OpenAsync(string silo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(silo);
        return engine.OpenAsync(silo, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing, Action? whenQueued, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0) return [];
        if (changes.Count > MaxChanges && (changes.Count > MaxSubmits || !changes.All(change => change.Event is JobEvent.Submitted)))
            throw new ArgumentException($"A batch has {changes.Count} changes; {MaxChanges} are allowed, {MaxSubmits} of submits alone.", nameof(changes));
        await LookAheadAsync(changes, cancellationToken).ConfigureAwait(false);
        var item = new WriteItem { Changes = changes, AllOrNothing = allOrNothing, WhenQueued = whenQueued };
        return (await engine.WriteAsync(item, cancellationToken).ConfigureAwait(false)).Changes;
    }

    /// <inheritdoc/>
    public async Task<LeaseResult> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await LookAheadAsync(request.Completions, cancellationToken).ConfigureAwait(false);
        var item = new WriteItem { Changes = request.Completions, Lease = request };
        var answer = await engine.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        if (answer.Expired.Count > 0) await ExpireAsync(answer).ConfigureAwait(false);
        return answer.Lease ?? throw new InvalidOperationException("A lease was asked for.");
    }

    /// <summary>Ends what a lease found expired. It stays in the index of expiries until it has ended: where this fails, upkeep does it, and what was leased is not lost over it.</summary>
    private async Task ExpireAsync(WriteAnswer answer)
    {
        try
        {
            await ApplyAsync([.. answer.Expired.Select(id => new JobChange(id, new JobEvent.Expired(answer.Now)))], allOrNothing: false, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            Log.ExpiryPutOff(engine.Logger, answer.Expired.Count, error.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) => (await engine.Reader.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Job;

    /// <inheritdoc/>
    public Task<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var from = ListCursor.Read(filter.Cursor, engine.Identity);
        return new JobLister(engine, filter).ListAsync(from, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueCounts>> QueuesAsync(CancellationToken cancellationToken) => new QueueReader(engine).ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<QueueCounts?> QueueAsync(string queue, CancellationToken cancellationToken) => new QueueReader(engine).ReadAsync(queue, cancellationToken);

    /// <inheritdoc/>
    public bool KnowsQueue(string queue) => engine.KnowsQueue(queue);

    /// <inheritdoc/>
    public async Task<bool> SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        var isKnown = KnowsQueue(queue) // else another silo may have been the first to see it
            || (await engine.Jobs.ReadAsync(RespCommand.Of("SISMEMBER", engine.Keys.Queues, queue), cancellationToken).ConfigureAwait(false)).Number == 1;
        if (isKnown) await engine.Jobs.WriteAsync(RespCommand.Of(paused ? "SADD" : "SREM", engine.Keys.Paused, queue), cancellationToken).ConfigureAwait(false);
        return isKnown;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunningLease>> LeasesAsync(string silo, CancellationToken cancellationToken) => LeaseReader.LeasesAsync(engine, silo, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> LeaseHoldersAsync(CancellationToken cancellationToken) => LeaseReader.HoldersAsync(engine, cancellationToken);

    /// <inheritdoc/>
    public Task<int> RecoverAsync(string silo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(silo);
        return new RecoverStep(engine, silo).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoreTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        var cells = engine.Jobs.ReadAsync(RespCommand.Of("HGETALL", engine.Keys.Counts), cancellationToken);
        var books = engine.Jobs.ReadAsync(RespCommand.Of("HMGET", engine.Keys.Meta, "jobs", "removed", "refused"), cancellationToken);
        var memory = engine.Jobs.ReadAsync(RespCommand.Of("INFO", "memory"), cancellationToken);
        var (live, finished) = QueueReader.Sum((await cells.ConfigureAwait(false)).Items);
        var numbers = (await books.ConfigureAwait(false)).Items;
        return new StoreTotals(numbers[0].Number, live, finished, numbers[1].Number, numbers[2].Number, UsedMemory.Read((await memory.ConfigureAwait(false)).Text));
    }

    /// <inheritdoc/>
    public IDisposable Observe(ICommitObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return engine.Observe(observer);
    }

    /// <inheritdoc/>
    public void Watch(JobId job) => engine.Notices.Watch(job);

    /// <inheritdoc/>
    public void Unwatch(JobId job) => engine.Notices.Unwatch(job);

    /// <summary>Reads jobs that this process has not seen, so that the batch need not be composed twice.</summary>
    private async Task LookAheadAsync(IReadOnlyList<JobChange> changes, CancellationToken cancellationToken)
    {
        List<JobId>? unseen = null;
        foreach (var change in changes)
        {
            if (change.Event is not JobEvent.Submitted && engine.Cache.Find(change.Job) is null) (unseen ??= []).Add(change.Job);
        }

        if (unseen is null) return;
        foreach (var stored in await engine.Reader.FindAsync(unseen, withResults: false, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Job.Result is null) engine.Cache.Put(stored);
        }
    }
}
