using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api.Benchmarks;

/// <summary>Answers submits at once with the same job, so that what is measured is the API.</summary>
internal sealed class ConstantTransport : IMolinoTransport
{
    public static readonly JobView Job = new()
    {
        Id = JobId.Create(DateTimeOffset.UnixEpoch.AddYears(56), 4711),
        Type = "noop",
        Queue = "default",
        Priority = 5,
        Status = JobStatus.Queued,
        Attempt = 0,
        MaxAttempts = 4,
        Epoch = 0,
        Args = RawJson.Parse("{}"),
        CreatedAt = DateTimeOffset.UnixEpoch.AddYears(56),
    };

    private readonly Task<SubmitAnswer> _answer = Task.FromResult(new SubmitAnswer(Job, Duplicate: false));
    private readonly Task<JobView> _job = Task.FromResult(Job);
    private readonly Task<IReadOnlyList<JobId>> _ids = Task.FromResult<IReadOnlyList<JobId>>([.. Enumerable.Repeat(Job.Id, 1000)]);

    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken) => _answer;

    public Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) => _ids;

    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => _job;

    public Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) => throw Unused();

    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken) => throw Unused();

    public Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => throw Unused();

    public IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken) => throw Unused();

    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken) => throw Unused();

    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) => throw Unused();

    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) => throw Unused();

    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) => throw Unused();

    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken) => throw Unused();

    public Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken) => throw Unused();

    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken) => throw Unused();

    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) => throw Unused();

    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken) => throw Unused();

    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken) => throw Unused();

    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) => throw Unused();

    private static InvalidOperationException Unused() => new("The benchmark does not call this.");
}
