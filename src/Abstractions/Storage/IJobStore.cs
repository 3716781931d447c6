using Molino.Core;

namespace Molino.Storage;

/// <summary>
/// The durable home of jobs: the single writer's check. Version, token and transition are verified inside the atomic step (design section 5).
/// </summary>
/// <remarks>
/// Every call may throw <see cref="StoreException"/>. After <see cref="ErrorCodes.OutcomeUnknown"/> callers read again before they repeat;
/// repeating the same change is harmless.
/// </remarks>
public interface IJobStore
{
    /// <summary>Which store this is. Known once it is open.</summary>
    StoreIdentity Identity { get; }

    /// <summary>Whether other processes write to it too. If not, this process hears of every commit (<see cref="Observe"/>), and its writes are done in the order of the calls.</summary>
    bool IsShared { get; }

    /// <summary>How the store is now.</summary>
    StoreCondition Condition { get; }

    /// <summary>Opens, migrates and checks the store, and takes its lock.</summary>
    /// <param name="silo">This silo's name with its incarnation; leases of all others are of the dead where the store has one silo only.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task OpenAsync(string silo, CancellationToken cancellationToken);

    /// <summary>Applies changes in one atomic step, durable when it returns. A change that is refused fails alone, unless all or nothing is asked.</summary>
    /// <param name="changes">Up to 1,000 changes (10,000 for submits alone), applied in order.</param>
    /// <param name="allOrNothing">Whether one refused change rolls all back; <see cref="ChangeOutcome.Duplicate"/> and <see cref="ChangeOutcome.Replayed"/> are not refusals.</param>
    /// <param name="cancellationToken">Stops the wait before the change is taken up; a change that was taken up is stored.</param>
    /// <returns>The answers, in order.</returns>
    Task<IReadOnlyList<ChangeResult>> ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing, CancellationToken cancellationToken) =>
        ApplyAsync(changes, allOrNothing, null, cancellationToken);

    /// <summary>The same, with something to do as soon as the changes have their place: what it asks of the store is done after them, mostly in the same commit.</summary>
    /// <param name="changes">As above.</param>
    /// <param name="allOrNothing">As above.</param>
    /// <param name="whenQueued">Called once, before the changes are taken up, unless the store refuses them first. Must be quick and must not throw.</param>
    /// <param name="cancellationToken">As above.</param>
    /// <returns>The answers, in order. Where one is late (<see cref="ChangeResult.IsLate"/>) what was asked for meanwhile may have been done before.</returns>
    Task<IReadOnlyList<ChangeResult>> ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing, Action? whenQueued, CancellationToken cancellationToken);

    /// <summary>Stores completions and leases ready and due jobs, in one commit. Two callers never get the same job; a paused queue gives none.</summary>
    /// <param name="request">Who asks for what.</param>
    /// <param name="cancellationToken">Stops the wait before the request is taken up.</param>
    Task<LeaseResult> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a job.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The job with its result, or null when it is not stored.</returns>
    Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Lists jobs, newest first. Safe while others write: a job that exists throughout is listed once.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException"><see cref="ErrorCodes.InvalidRequest"/>: the cursor is not one of this store's.</exception>
    Task<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>Counts by queue, for every queue that ever had a job, by name.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<QueueCounts>> QueuesAsync(CancellationToken cancellationToken);

    /// <summary>Counts of one queue, or null when it never had a job.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<QueueCounts?> QueueAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Whether a queue ever had a job; answered from memory.</summary>
    /// <param name="queue">The queue.</param>
    bool KnowsQueue(string queue);

    /// <summary>Pauses or resumes a queue: while it is paused no lease finds a job in it, whoever asks; what runs goes on. Durable when it returns.</summary>
    /// <param name="queue">The queue; one that never had a job stays as it is.</param>
    /// <param name="paused">Whether to pause.</param>
    /// <param name="cancellationToken">Stops the wait before the change is taken up.</param>
    /// <returns>Whether the queue ever had a job.</returns>
    Task<bool> SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken);

    /// <summary>The leases that the store has for a silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<RunningLease>> LeasesAsync(string silo, CancellationToken cancellationToken);

    /// <summary>The silos that hold leases.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<string>> LeaseHoldersAsync(CancellationToken cancellationToken);

    /// <summary>Takes the leases of a dead silo away: its jobs go back to their queues, are cancelled where that was asked, or quarantined (CrashLoop).</summary>
    /// <param name="silo">The dead silo.</param>
    /// <param name="cancellationToken">Stops between batches; what is done is stored.</param>
    /// <returns>How many leases were taken away.</returns>
    Task<int> RecoverAsync(string silo, CancellationToken cancellationToken);

    /// <summary>The store's books.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<StoreTotals> TotalsAsync(CancellationToken cancellationToken);

    /// <summary>Subscribes to commits made through this process.</summary>
    /// <param name="observer">Told after each commit.</param>
    /// <returns>Ends the subscription.</returns>
    IDisposable Observe(ICommitObserver observer);

    /// <summary>
    /// Asks that observers here are told when a job ends, also when another process ends it (<see cref="JobNoticeKind.Ended"/>). Call it before the job
    /// is read or stored: what is sent to the store after it is done after it. Does nothing where this process hears of every commit. Never fails: a lost
    /// request is a lost hint.
    /// </summary>
    /// <param name="job">The job.</param>
    void Watch(JobId job);

    /// <summary>Takes a <see cref="Watch"/> back, unless the end was told.</summary>
    /// <param name="job">The job.</param>
    void Unwatch(JobId job);
}
