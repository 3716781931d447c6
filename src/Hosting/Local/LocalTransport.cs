using System.Runtime.CompilerServices;
using Molino.Client;
using Molino.Core;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;
using Orleans;

namespace Molino.Hosting;

/// <summary>The client's calls inside the silo's process: straight to the store and the grains.</summary>
internal sealed class LocalTransport(
    IJobStore store,
    IJobContentStore content,
    IEventLog events,
    IGrainFactory grains,
    IJobTypeRegistry types,
    JobSpecFactory submissions,
    SubmissionDefaults defaults,
    CommitPulse pulse,
    JobEnds ends,
    IPoolDirectory pools,
    SiloInfo silo,
    SiloLife life,
    TimeProvider time) : IMolinoTransport
{
    private const int MaxBatch = 1000;
    private const int MaxEach = 10_000;

    private static readonly TimeSpan LongestEventWait = TimeSpan.FromSeconds(20);

    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken)
    {
        var spec = submissions.Read(submission);
        using var end = wait > TimeSpan.Zero ? ends.Listen(spec.Id) : null;
        var storing = store.ApplyAsync([JobChange.Submit(spec)], allOrNothing: false, cancellationToken);
        var early = !store.IsShared && spec is { Hold: false, DueAt: null }; // the pull that follows is done after the submit, and finds the job
        if (early) pools.Ring(spec.Queue);
        var result = (await storing.ConfigureAwait(false))[0];
        if (result.Outcome == ChangeOutcome.IdempotencyConflict) throw Conflict(spec, result);
        var job = result.Job!;
        if (!early && result.Outcome == ChangeOutcome.Applied) Ring(job);
        if (end is not null)
        {
            job = job.Id == spec.Id
                ? await ends.WaitAsync(job, end, wait, cancellationToken).ConfigureAwait(false) ?? throw Missing(job.Id)
                : await FindAsync(job.Id, wait, cancellationToken).ConfigureAwait(false);
        }

        return new SubmitAnswer(JobViews.Of(job, whole: true), result.Outcome is ChangeOutcome.Duplicate);
    }

    public async Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> batch, CancellationToken cancellationToken)
    {
        CheckSize(batch.Count, MaxBatch);
        var changes = new JobChange[batch.Count];
        for (var i = 0; i < changes.Length; i++) changes[i] = JobChange.Submit(ReadItem(batch[i], i));
        var results = await store.ApplyAsync(changes, allOrNothing: true, cancellationToken).ConfigureAwait(false);
        var ids = new JobId[results.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (results[i].Outcome == ChangeOutcome.IdempotencyConflict) throw Conflict(((JobEvent.Submitted)changes[i].Event).Spec, results[i]);
            ids[i] = results[i].Outcome == ChangeOutcome.Duplicate ? results[i].Job!.Id : changes[i].Job;
        }

        RingAll(results);
        return ids;
    }

    public async Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> batch, CancellationToken cancellationToken)
    {
        CheckSize(batch.Count, MaxEach);
        var answers = new BatchItemAnswer[batch.Count];
        var changes = new List<JobChange>(batch.Count);
        var places = new List<int>(batch.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            try
            {
                changes.Add(JobChange.Submit(submissions.Read(batch[i])));
                places.Add(i);
            }
            catch (JobSystemException error)
            {
                answers[i] = new BatchItemAnswer(null, null, new BatchItemError(error.Code, error.Message, (error as JobValidationException)?.Errors));
            }
        }

        if (changes.Count == 0) return answers;
        var results = await store.ApplyAsync(changes, allOrNothing: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < results.Count; i++) answers[places[i]] = Answer(changes[i], results[i]);
        RingAll(results);
        return answers;
    }

    public async Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) =>
        JobViews.Of(await FindAsync(id, wait, cancellationToken).ConfigureAwait(false), whole: true);

    public async Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Queue is { } queue && !store.KnowsQueue(queue)) throw UnknownQueue(queue);
        var page = await store.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        return new JobListView([.. page.Items.Select(job => JobViews.Of(job, whole: false))], page.NextCursor);
    }

    public async Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var job = await FindAsync(id, wait, cancellationToken).ConfigureAwait(false);
        var view = JobViews.Of(job, whole: false);
        if (job.Status != JobStatus.Succeeded) return new JobResultContent(view, null, null);
        if (job.Result is not { } result || (!result.Apart && result.Inline.IsEmpty))
            throw new JobSystemException(ErrorCodes.Gone, $"The result of job {id} was removed by retention.");
        Stream stream = result.Apart
            ? new ChunkStream(content.ReadChunksAsync(id, job.Token.Epoch, 0, CancellationToken.None))
            : new MemoryStream(result.Inline.ToArray(), writable: false);
        return new JobResultContent(view, result.MediaType, stream);
    }

    public async IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = await FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (job.Status != JobStatus.Succeeded || job.Result is null or { Apart: true } or { Chunks: 0 }) yield break;
        await foreach (var chunk in content.ReadChunksAsync(id, job.Token.Epoch, fromItem, cancellationToken).ConfigureAwait(false)) yield return chunk;
    }

    public async Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        var job = await FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var lines = await content.ReadLogAsync(id, after, limit, cancellationToken).ConfigureAwait(false);
        return new LogView(lines, lines.Count > 0 ? lines[^1].Number : after, job.Status.IsTerminal() && lines.Count < limit);
    }

    public async Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) =>
        Changed(id, await Grain(id).CancelAsync(reason).WaitAsync(cancellationToken).ConfigureAwait(false));

    public async Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken)
    {
        if (args is { } given)
        {
            var job = await FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            if (types.TryGet(job.Spec.Type, out var type) && type.Validate(given.Utf8) is { } problem)
                throw new JobValidationException(ErrorCodes.InvalidRequest, problem.Path, problem.Message);
        }

        return Changed(id, await Grain(id).RetryAsync(args?.Utf8).WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) =>
        Changed(id, await Grain(id).ReleaseAsync().WaitAsync(cancellationToken).ConfigureAwait(false));

    public async Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken)
    {
        if (update is { Priority: null, Queue: null, DueAt: null })
            throw new JobValidationException(ErrorCodes.InvalidRequest, "priority", "Give priority, queue or dueAt.");
        if (update.Priority is { } priority && !JobPriority.IsValid(priority))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "priority", "A priority is 0 to 10; 10 goes first.");
        if (update.Queue is { } queue && !Names.IsValid(queue))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "queue", "A queue's name is [a-z0-9][a-z0-9._-]{0,99}.");
        return Changed(id, await Grain(id).UpdateAsync(update.Priority, update.Queue, update.DueAt).WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken)
    {
        var cursor = events.Head;
        if (after is not null && !EventCursor.TryParse(after, out cursor))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "after", $"'{after}' is not an event cursor.");
        if (job is { } id) await FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var start = time.GetTimestamp();
        var longest = wait < LongestEventWait ? wait : LongestEventWait;
        while (true)
        {
            var next = pulse.Next; // before the read, so that a commit in between is heard
            var page = await events.ReadAsync(cursor, limit, job, cancellationToken).ConfigureAwait(false);
            var left = longest - time.GetElapsedTime(start);
            if (page.Events.Count > 0 || page.Reset || left <= TimeSpan.Zero || life.IsStopping)
                return new EventListView([.. page.Events.Select(JobViews.Of)], page.Next.ToString(), page.Reset);
            cursor = page.Next;
            await life.WaitAsync(next, left, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken)
    {
        var counts = await store.QueuesAsync(cancellationToken).ConfigureAwait(false);
        var policies = await Task.WhenAll(counts.Select(queue => grains.GetGrain<IQueueGrain>(queue.Name).PolicyAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
        return [.. counts.Select((queue, i) => JobViews.Of(queue, policies[i].Paused, time.GetUtcNow()))];
    }

    public async Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        var counts = await store.QueueAsync(queue, cancellationToken).ConfigureAwait(false) ?? throw UnknownQueue(queue);
        var policy = await grains.GetGrain<IQueueGrain>(queue).PolicyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return JobViews.Of(counts, policy.Paused, time.GetUtcNow());
    }

    public async Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        if (!store.KnowsQueue(queue)) throw UnknownQueue(queue);
        await grains.GetGrain<IQueueGrain>(queue).SetPausedAsync(paused).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await QueueAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TypeView>>(
            [.. types.Types.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => JobViews.Of(type, defaults.QueueFor(type)))]);

    public Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PoolView>>(
            [.. pools.Pools.Select(pool => new PoolView(pool.Name, silo.Id, pool.Kind, pool.Queues, pool.Concurrency, pool.Running, pool.Lost, pool.Completed))]);

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SiloView>>([new SiloView(silo.Id, silo.Version, silo.StartedAt, life.IsStopping ? "draining" : "active")]);

    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) =>
        Task.FromResult(SiloHealth.Of(store.Condition, pools.Pools, life.IsStopping));

    private async Task<Job> FindAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero) return await store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
        using var end = ends.Listen(id);
        var job = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return await ends.WaitAsync(job, end, wait, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
    }

    private JobSpec ReadItem(JobSubmission submission, int index)
    {
        try
        {
            return submissions.Read(submission);
        }
        catch (JobValidationException error)
        {
            throw new JobValidationException(error.Code, error.Errors.ToDictionary(field => $"[{index}].{field.Key}", field => field.Value, StringComparer.Ordinal));
        }
    }

    private static BatchItemAnswer Answer(JobChange change, ChangeResult result) => result.Outcome switch
    {
        ChangeOutcome.IdempotencyConflict => new BatchItemAnswer(
            null, null, new BatchItemError(ErrorCodes.IdempotencyConflict, Conflict(((JobEvent.Submitted)change.Event).Spec, result).Message, null)),
        ChangeOutcome.Duplicate => new BatchItemAnswer(result.Job!.Id, true, null),
        _ => new BatchItemAnswer(change.Job, null, null),
    };

    private static void CheckSize(int count, int most)
    {
        if (count == 0) throw new JobValidationException(ErrorCodes.InvalidJob, "$", "The batch is empty.");
        if (count > most) throw new JobValidationException(ErrorCodes.InvalidJob, "$", $"The batch has {count:N0} jobs; at most {most:N0} are allowed.");
    }

    private JobView Changed(JobId id, ChangeResult result)
    {
        if (result.IsStored) return JobViews.Of(result.Job!, whole: true);
        if (result.Outcome == ChangeOutcome.NotFound || result.Job is not { } job) throw Missing(id);
        throw new JobSystemException(ErrorCodes.IllegalTransition, $"Job {id} is {job.Status.ToString().ToLowerInvariant()}; that is not possible now.");
    }

    private JobSystemException Missing(JobId id) => id.CreatedAt <= time.GetUtcNow()
        ? new JobSystemException(ErrorCodes.Gone, $"Job {id} is no longer kept.")
        : new JobSystemException(ErrorCodes.NotFound, $"There is no job {id}.");

    private static JobSystemException UnknownQueue(string queue) => new(ErrorCodes.UnknownQueue, $"There is no queue '{queue}': no job was ever sent to it.");

    private static JobSystemException Conflict(JobSpec spec, ChangeResult result) =>
        new(ErrorCodes.IdempotencyConflict, $"Key '{spec.IdempotencyKey}' was used for job {result.Job?.Id} with other content.");

    private IJobGrain Grain(JobId id) => grains.GetGrain<IJobGrain>(id.ToString());

    private void RingAll(IReadOnlyList<ChangeResult> results)
    {
        Job? last = null;
        foreach (var result in results)
        {
            if (result.Outcome != ChangeOutcome.Applied || result.Job is not { } job) continue;
            if (last is not null && last.Queue == job.Queue && last.Status == job.Status && job.DueAt is null) continue;
            Ring(job);
            last = job;
        }
    }

    private void Ring(Job job)
    {
        if (job.Status == JobStatus.Queued) pools.Ring(job.Queue);
        if (job.Status == JobStatus.Scheduled || (job.Status == JobStatus.Queued && store.IsShared))
            _ = grains.GetGrain<IQueueGrain>(job.Queue).RingAsync(new QueueRing(job.Status == JobStatus.Scheduled ? job.DueAt : null));
    }
}
