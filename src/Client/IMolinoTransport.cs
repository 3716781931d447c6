using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>
/// Everything that can be asked of Molino, as data. In the silo's process it is called directly, elsewhere over HTTP; the API and the client stand on it.
/// </summary>
/// <remarks>
/// Every call throws <see cref="JobSystemException"/> with a stable code when it is refused: <see cref="JobValidationException"/> for bad input,
/// <c>not_found</c> or <c>gone</c> for a job that is not there, <c>illegal_transition</c> where the state does not allow it, <c>store_unavailable</c> ... (contract).
/// A wait ends early when the silo begins to stop: the call then answers what there is, a job as it is or no events.
/// </remarks>
public interface IMolinoTransport
{
    /// <summary>Submits a job; durable when it returns.</summary>
    /// <param name="submission">The job.</param>
    /// <param name="wait">How long to wait for its end; zero for not at all; at most an hour.</param>
    /// <param name="cancellationToken">Stops the wait, not the job.</param>
    Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Submits jobs, all or nothing; up to 1,000.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Their ids, in order.</returns>
    Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken);

    /// <summary>Submits jobs, each on its own; up to 10,000.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>An answer per job, in order.</returns>
    Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken);

    /// <summary>Reads a job, waiting for its end if asked; the result comes by push, not by polling.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end; zero for not at all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The job when it ended or the wait was over.</returns>
    Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>Opens a job's result.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end; zero for not at all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Streams the items (lines) that a succeeded job appended, in chunks of whole lines; see <see cref="IJobContext.AppendResultItemsAsync"/>. None of a job that is live, or ended otherwise.</summary>
    /// <param name="id">The job.</param>
    /// <param name="fromItem">The first line wanted, from 0. The first chunk may start before it: see <see cref="ResultChunk.FirstItem"/>.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken);

    /// <summary>Reads a job's log.</summary>
    /// <param name="id">The job.</param>
    /// <param name="after">Number of the last line known; 0 for all.</param>
    /// <param name="limit">At most so many lines, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Asks a job to stop. A job that has not started is cancelled at once.</summary>
    /// <param name="id">The job.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken);

    /// <summary>Sends a dead letter back to its queue.</summary>
    /// <param name="id">The job.</param>
    /// <param name="args">New arguments; null to keep the old.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken);

    /// <summary>Releases a held job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Changes a job that has not started.</summary>
    /// <param name="id">The job.</param>
    /// <param name="update">What to change; at least one field.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken);

    /// <summary>Reads events, waiting for the first new one if asked.</summary>
    /// <param name="after">A cursor as <see cref="EventListView.Next"/> gave it; null for only what is new from now on; <c>"0:0"</c> for all that are kept.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="wait">How long to wait when there are none; at most 20 s.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Streams events as they come, in order. Over HTTP they are pushed; elsewhere reads that wait are repeated.</summary>
    /// <param name="after">As in <see cref="ReadEventsAsync"/>.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>Pages that are never empty unless <see cref="EventListView.Reset"/> is set. Endless for all jobs; for one job it may end once the job did.</returns>
    IAsyncEnumerable<EventListView> StreamEventsAsync(string? after, JobId? job, CancellationToken cancellationToken) =>
        EventPolling.FollowAsync(this, after, job, cancellationToken);

    /// <summary>All queues, by name.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken);

    /// <summary>One queue.</summary>
    /// <param name="queue">Its name; <c>unknown_queue</c> when it never had a job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Pauses or resumes leasing from a queue; what runs goes on. Durable.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="paused">Whether to pause.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken);

    /// <summary>The registered job types, by name.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken);

    /// <summary>The pools of all silos.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken);

    /// <summary>The silos of the cluster, those that do not answer with what they said last. Answers within 2 s, also while the store is away.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken);

    /// <summary>Asks a silo to drain, to take work again, or to stop. Asking again changes nothing.</summary>
    /// <param name="silo">Its id, or its name where one silo has it; <c>not_found</c> when there is none.</param>
    /// <param name="order">What it is to do.</param>
    /// <param name="cancellationToken">Stops the wait, not the order.</param>
    /// <returns>The silo. It obeys within about a second; one that does not answer obeys once it does.</returns>
    Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken);

    /// <summary>Takes the store that is there for the cluster's own, after <c>store_replaced</c>: jobs of the store known before are not in it. All silos follow.</summary>
    /// <param name="confirm">The cluster's id, so that nothing is accepted by mistake.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The store. Nothing is done while it is the one known.</returns>
    Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken);

    /// <summary>How the silo and its parts are.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<HealthView> HealthAsync(CancellationToken cancellationToken);
}
