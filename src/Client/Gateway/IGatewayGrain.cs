using Molino.Core;
using Molino.Storage;
using Orleans;

namespace Molino.Client.Gateway;

/// <summary>
/// <see cref="IMolinoTransport"/> as a client of the cluster calls it: answered by the silo that is the client's gateway. Key: 0. Waits are capped at
/// <see cref="GatewayLimits.LongestWait"/>, so repeat them for more. Refusals are <see cref="JobValidationException"/> or <see cref="JobSystemException"/>.
/// </summary>
[Alias("molino.gateway")]
public interface IGatewayGrain : IGrainWithIntegerKey
{
    /// <summary>See <see cref="IMolinoTransport.SubmitAsync"/>.</summary>
    /// <param name="submission">The job.</param>
    /// <param name="wait">How long to wait for its end.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("submit")]
    Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.SubmitBatchAsync"/>.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("submit-batch")]
    Task<JobId[]> SubmitBatchAsync(JobSubmission[] submissions, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.SubmitEachAsync"/>.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("submit-each")]
    Task<BatchItemAnswer[]> SubmitEachAsync(JobSubmission[] submissions, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.GetJobAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("job")]
    Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.ListJobsAsync"/>. A page whose jobs are large holds fewer than asked.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("list")]
    Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.OpenResultAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("result")]
    Task<GatewayResult> OpenResultAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.ReadLogAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="after">Number of the last line known.</param>
    /// <param name="limit">At most so many lines, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("log")]
    Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.CancelAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("cancel")]
    Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.RetryAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="args">New arguments; null to keep the old.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("retry")]
    Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.ReleaseAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("release")]
    Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.UpdateAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("update")]
    Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.ReadEventsAsync"/>.</summary>
    /// <param name="after">A cursor; null for what is new from now on.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="wait">How long to wait when there are none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("events")]
    Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.QueuesAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("queues")]
    Task<QueueView[]> QueuesAsync(CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.QueueAsync"/>.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("queue")]
    Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.SetQueuePausedAsync"/>.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="paused">Whether to pause.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("pause")]
    Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.TypesAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("types")]
    Task<GatewayType[]> TypesAsync(CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.PoolsAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("pools")]
    Task<PoolView[]> PoolsAsync(CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.SilosAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("silos")]
    Task<SiloView[]> SilosAsync(CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.OrderSiloAsync"/>.</summary>
    /// <param name="silo">Its id, or its name.</param>
    /// <param name="order">What it is to do.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("order")]
    Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.AcceptStoreAsync"/>.</summary>
    /// <param name="confirm">The cluster's id.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("accept-store")]
    Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.HealthAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("health")]
    Task<HealthView> HealthAsync(CancellationToken cancellationToken);
}
