using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Client.Gateway;
using Molino.Core;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Hosting;

/// <summary>
/// See <see cref="IGatewayGrain"/>: this silo's own <see cref="IMolinoTransport"/> for clients that it is the gateway of. Holds nothing, so calls leave its turns at their first
/// wait, and those that wait long stand in nobody's way.
/// </summary>
[StatelessWorker, Reentrant]
public sealed class GatewayGrain(IMolinoTransport transport, ILogger<GatewayGrain> log) : Grain, IGatewayGrain
{
    /// <inheritdoc/>
    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken) => AnswerAsync(
        () =>
        {
            GatewayChecks.Check(submission);
            return transport.SubmitAsync(submission, GatewayChecks.Wait(wait), cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<JobId[]> SubmitBatchAsync(JobSubmission[] submissions, CancellationToken cancellationToken) => AnswerAsync(
        async () =>
        {
            GatewayChecks.Check(submissions);
            return Array(await transport.SubmitBatchAsync(submissions, cancellationToken));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<BatchItemAnswer[]> SubmitEachAsync(JobSubmission[] submissions, CancellationToken cancellationToken) => AnswerAsync(
        async () =>
        {
            GatewayChecks.Check(submissions);
            return Array(await transport.SubmitEachAsync(submissions, cancellationToken));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.GetJobAsync(GatewayChecks.Id(id), GatewayChecks.Wait(wait), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken) => AnswerAsync(
        async () =>
        {
            GatewayChecks.Limit(filter.Limit);
            if (filter.Queue is { } queue) GatewayChecks.Queue(queue);
            while (true)
            {
                var page = await transport.ListJobsAsync(filter, cancellationToken);
                if (page.Items.Sum(static job => (long)job.Args.Utf8.Length) <= GatewayLimits.PageBytes || filter.Limit == 1) return page;
                filter = filter with { Limit = filter.Limit / 2 };
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayResult> OpenResultAsync(JobId id, CancellationToken cancellationToken) => AnswerAsync(
        async () =>
        {
            var opened = await transport.OpenResultAsync(GatewayChecks.Id(id), TimeSpan.Zero, cancellationToken);
            await using var _ = opened;
            if (opened.Content is not { } content) return new GatewayResult(opened.Job, opened.MediaType, null, IsStreamed: false);
            var bytes = new byte[GatewayLimits.InlineBytes + 1];
            var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return length < bytes.Length
                ? new GatewayResult(opened.Job, opened.MediaType, bytes.AsMemory(0, length), IsStreamed: false)
                : new GatewayResult(opened.Job, opened.MediaType, null, IsStreamed: true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken) => AnswerAsync(
        () => transport.ReadLogAsync(GatewayChecks.Id(id), GatewayChecks.NotNegative(after, "after"), GatewayChecks.Limit(limit), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.CancelAsync(GatewayChecks.Id(id), reason, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.RetryAsync(GatewayChecks.Id(id), GatewayChecks.Args(args), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.ReleaseAsync(GatewayChecks.Id(id), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.UpdateAsync(GatewayChecks.Id(id), update, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken) => AnswerAsync(
        () => transport.ReadEventsAsync(after, GatewayChecks.Limit(limit), job is { } id ? GatewayChecks.Id(id) : null, GatewayChecks.Wait(wait), cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<QueueView[]> QueuesAsync(CancellationToken cancellationToken) =>
        AnswerAsync(async () => Array(await transport.QueuesAsync(cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.QueueAsync(GatewayChecks.Queue(queue), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.SetQueuePausedAsync(GatewayChecks.Queue(queue), paused, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayType[]> TypesAsync(CancellationToken cancellationToken) => AnswerAsync(
        async () => (await transport.TypesAsync(cancellationToken)).Select(GatewayType.Of).ToArray(), cancellationToken);

    /// <inheritdoc/>
    public Task<PoolView[]> PoolsAsync(CancellationToken cancellationToken) =>
        AnswerAsync(async () => Array(await transport.PoolsAsync(cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task<SiloView[]> SilosAsync(CancellationToken cancellationToken) =>
        AnswerAsync(async () => Array(await transport.SilosAsync(cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.OrderSiloAsync(silo, order, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken) =>
        AnswerAsync(() => transport.AcceptStoreAsync(confirm, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) => AnswerAsync(() => transport.HealthAsync(cancellationToken), cancellationToken);

    private Task<T> AnswerAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) => GatewayRefusal.AnswerAsync(call, log, cancellationToken);

    private static T[] Array<T>(IReadOnlyList<T> items) => items as T[] ?? [.. items];
}
