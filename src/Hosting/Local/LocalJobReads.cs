using System.Runtime.CompilerServices;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Shows jobs, their results and their logs.</summary>
internal sealed class LocalJobReads(IJobStore store, IJobContentStore content, JobFinder jobs)
{
    public async Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) =>
        JobViews.Of(await jobs.FindAsync(id, wait, cancellationToken).ConfigureAwait(false), whole: true);

    public async Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Queue is { } queue && !await LocalQueues.KnowsAsync(store, queue, cancellationToken).ConfigureAwait(false)) throw LocalQueues.Unknown(queue);
        var page = await store.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        return new JobListView([.. page.Items.Select(job => JobViews.Of(job, whole: false))], page.NextCursor);
    }

    public async Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var job = await jobs.FindAsync(id, wait, cancellationToken).ConfigureAwait(false);
        var view = JobViews.Of(job, whole: false);
        if (job.Status != JobStatus.Succeeded) return new JobResultContent(view, null, null);
        if (job.Result is not { } result || IsGone(result)) throw Gone(id);
        if (!result.Apart) return new JobResultContent(view, result.MediaType, new MemoryStream(result.Inline.ToArray(), writable: false));
        cancellationToken.ThrowIfCancellationRequested();
        var stream = await ChunkStream.OpenAsync(content.ReadChunksAsync(id, job.Token.Epoch, 0, CancellationToken.None)).ConfigureAwait(false);
        return new JobResultContent(view, result.MediaType, stream ?? throw Gone(id));
    }

    public async IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = await jobs.FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (job.Status != JobStatus.Succeeded) yield break;
        if (job.Result is not { } result || IsGone(result)) throw Gone(id);
        if (result is { Apart: true } or { Chunks: 0 }) yield break;
        await foreach (var chunk in content.ReadChunksAsync(id, job.Token.Epoch, fromItem, cancellationToken).ConfigureAwait(false)) yield return chunk;
    }

    public async Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        var job = await jobs.FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var lines = await content.ReadLogAsync(id, after, limit, cancellationToken).ConfigureAwait(false);
        return new LogView(lines, lines.Count > 0 ? lines[^1].Number : after, job.Status.IsTerminal() && lines.Count < limit);
    }

    /// <summary>Retention empties a result that is kept with its job; of one that is apart, only its parts can tell.</summary>
    private static bool IsGone(JobResult result) => !result.Apart && result.Inline.IsEmpty;

    private static JobSystemException Gone(JobId id) => new(ErrorCodes.Gone, $"The result of job {id} was removed by retention.");
}
