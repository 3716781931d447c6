using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>The client's calls inside the silo's process: straight to the store and the grains.</summary>
internal sealed class LocalTransport(
    LocalSubmits submits,
    LocalJobReads jobs,
    LocalJobChanges changes,
    LocalEvents events,
    LocalQueues queues,
    LocalCluster cluster,
    SiloOrders orders,
    StoreAcceptor acceptor) : IMolinoTransport
{
    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken) =>
        submits.SubmitAsync(submission, wait, cancellationToken);

    public Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) =>
        submits.SubmitBatchAsync(submissions, cancellationToken);

    public Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) =>
        submits.SubmitEachAsync(submissions, cancellationToken);

    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => jobs.GetJobAsync(id, wait, cancellationToken);

    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken) => jobs.ListJobsAsync(filter, cancellationToken);

    public Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) =>
        jobs.OpenResultAsync(id, wait, cancellationToken);

    public IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken) =>
        jobs.ReadResultItemsAsync(id, fromItem, cancellationToken);

    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken) =>
        jobs.ReadLogAsync(id, after, limit, cancellationToken);

    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) => changes.CancelAsync(id, reason, cancellationToken);

    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) => changes.RetryAsync(id, args, cancellationToken);

    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) => changes.ReleaseAsync(id, cancellationToken);

    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken) => changes.UpdateAsync(id, update, cancellationToken);

    public Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken) =>
        events.ReadAsync(after, limit, job, wait, cancellationToken);

    public Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken) => queues.QueuesAsync(cancellationToken);

    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken) => queues.QueueAsync(queue, cancellationToken);

    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        queues.SetQueuePausedAsync(queue, paused, cancellationToken);

    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken) => Task.FromResult(cluster.Types);

    public Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) => cluster.PoolsAsync(cancellationToken);

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) => cluster.SilosAsync(cancellationToken);

    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken) => orders.GiveAsync(silo, order, cancellationToken);

    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken) => acceptor.AcceptAsync(confirm, cancellationToken);

    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) => cluster.HealthAsync(cancellationToken);
}
