using Molino.Client;
using Molino.Core;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Answers in the place of a silo that has not started because its store was replaced: how that is, and the refusal of all else.</summary>
internal sealed class WaitingTransport(IJobStore store, StoreAcceptor acceptor, SiloInfo silo) : IMolinoTransport
{
    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken) => RefuseAsync<SubmitAnswer>();

    public Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) => RefuseAsync<IReadOnlyList<JobId>>();

    public Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) =>
        RefuseAsync<IReadOnlyList<BatchItemAnswer>>();

    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => RefuseAsync<JobView>();

    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken) => RefuseAsync<JobListView>();

    public Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => RefuseAsync<JobResultContent>();

    public IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken) => throw Refusal();

    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken) => RefuseAsync<LogView>();

    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) => RefuseAsync<JobView>();

    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) => RefuseAsync<JobView>();

    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) => RefuseAsync<JobView>();

    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken) => RefuseAsync<JobView>();

    public Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken) => RefuseAsync<EventListView>();

    public Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken) => RefuseAsync<IReadOnlyList<QueueView>>();

    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken) => RefuseAsync<QueueView>();

    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken) => RefuseAsync<QueueView>();

    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken) => RefuseAsync<IReadOnlyList<TypeView>>();

    public Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PoolView>>([]);

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloView>>(
    [
        new SiloView(silo.Id, silo.Version, silo.StartedAt, SiloStatus.Waiting) { Name = SiloStatus.NameOf(silo.Id), Store = SiloHealth.Of(store.Condition) },
    ]);

    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken) => RefuseAsync<SiloView>();

    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken) => acceptor.AcceptAsync(confirm, cancellationToken);

    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) => Task.FromResult(new HealthView(
        "not_ready",
        new Dictionary<string, HealthPartView>(StringComparer.Ordinal)
        {
            ["store"] = SiloHealth.Of(store.Condition),
            ["silo"] = new("down", SiloStatus.Waiting, "The silo starts once the store is the one known, or accepted."),
        }));

    private Task<T> RefuseAsync<T>() => Task.FromException<T>(Refusal());

    private StoreException Refusal() => store.Condition is { Ready: false, Code: { } code, Message: { } message }
        ? new StoreException(code, message)
        : new StoreException(ErrorCodes.StoreUnavailable, "The silo starts just now.");
}
