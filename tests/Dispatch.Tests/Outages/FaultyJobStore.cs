using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Outages;

/// <summary>The real store behind a door that a test can shut.</summary>
public sealed class FaultyJobStore(IJobStore inner) : IJobStore
{
    private volatile bool _refuses;
    private volatile TaskCompletionSource? _holdLeases;
    private int _answersLost;
    private int _pulls;
    private int _watched;

    /// <summary>Whether writes and leases are refused.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>How often jobs were asked for.</summary>
    public int Pulls => Volatile.Read(ref _pulls);

    /// <summary>For how many jobs other silos were asked to tell of the end.</summary>
    public int Watched => Volatile.Read(ref _watched);

    /// <summary>How many more leases and ends of attempts are done, and answered with <c>outcome_unknown</c>.</summary>
    public int AnswersLost
    {
        get => Volatile.Read(ref _answersLost);
        set => Volatile.Write(ref _answersLost, value);
    }

    /// <summary>What leases wait for once they are done; null for nothing.</summary>
    public TaskCompletionSource? HoldLeases
    {
        get => _holdLeases;
        set => _holdLeases = value;
    }

    /// <summary>Completes when a lease with jobs is held.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreIdentity Identity => inner.Identity;

    public bool IsShared => inner.IsShared;

    public StoreCondition Condition => inner.Condition;

    public Task OpenAsync(string silo, CancellationToken cancellationToken) => inner.OpenAsync(silo, cancellationToken);

    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing, Action? whenQueued, CancellationToken cancellationToken)
    {
        Check();
        var results = await inner.ApplyAsync(changes, allOrNothing, whenQueued, cancellationToken);
        if (changes.All(change => change.Event is not JobEvent.Submitted)) LoseAnswer();
        return results;
    }

    public async Task<LeaseResult> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        Check();
        if (request.Max > 0) Interlocked.Increment(ref _pulls);
        var result = await inner.LeaseAsync(request, cancellationToken);
        if (result.Jobs.Count > 0 || request.Completions.Count > 0) LoseAnswer();
        if (result.Jobs.Count > 0 && HoldLeases is { } hold)
        {
            Held.TrySetResult();
            await hold.Task;
        }

        return result;
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken) => inner.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<QueueCounts>> QueuesAsync(CancellationToken cancellationToken) => inner.QueuesAsync(cancellationToken);

    public Task<QueueCounts?> QueueAsync(string queue, CancellationToken cancellationToken) => inner.QueueAsync(queue, cancellationToken);

    public bool KnowsQueue(string queue) => inner.KnowsQueue(queue);

    public Task<bool> SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken) => inner.SetPausedAsync(queue, paused, cancellationToken);

    public Task<IReadOnlyList<RunningLease>> LeasesAsync(string silo, CancellationToken cancellationToken) => inner.LeasesAsync(silo, cancellationToken);

    public Task<IReadOnlyList<string>> LeaseHoldersAsync(CancellationToken cancellationToken) => inner.LeaseHoldersAsync(cancellationToken);

    public Task<int> RecoverAsync(string silo, CancellationToken cancellationToken) => inner.RecoverAsync(silo, cancellationToken);

    public Task<StoreTotals> TotalsAsync(CancellationToken cancellationToken) => inner.TotalsAsync(cancellationToken);

    public IDisposable Observe(ICommitObserver observer) => inner.Observe(observer);

    public void Watch(JobId job)
    {
        Interlocked.Increment(ref _watched);
        inner.Watch(job);
    }

    public void Unwatch(JobId job) => inner.Unwatch(job);

    private void LoseAnswer()
    {
        if (Interlocked.Decrement(ref _answersLost) >= 0) throw new StoreException(ErrorCodes.OutcomeUnknown, "The test has lost the answer.");
    }

    private void Check()
    {
        if (Refuses) throw new StoreException(ErrorCodes.StoreUnavailable, "The test has shut the store.");
    }
}
