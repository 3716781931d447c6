using Molino.Client;
using Molino.Core;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Takes jobs, one or many, and wakes their queues.</summary>
internal sealed class LocalSubmits(IJobStore store, JobSpecFactory submissions, JobFinder jobs, JobEnds ends, LocalDoorbell bell, QueueBells bells, ProcessMemory memory)
{
    private const int MaxBatch = 1000;
    private const int MaxEach = 10_000;

    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken)
    {
        memory.Check();
        var spec = submissions.Read(submission);
        using var end = wait > TimeSpan.Zero ? ends.ListenHere(spec.Id) : null;
        var isRung = false;
        Action? ring = spec is { Hold: false, DueAt: null } ? () => isRung = bell.Ring(spec.Queue) || !store.IsShared : null; // the pull that follows finds the job
        // Where somebody waits for the end, the pull shares the submit's commit; else the submit is answered sooner without it.
        var storing = store.ApplyAsync([JobChange.Submit(spec)], allOrNothing: false, end is null ? null : ring, cancellationToken);
        if (end is null && !store.IsShared) ring?.Invoke();
        var result = (await storing.ConfigureAwait(false))[0];
        if (result.Outcome == ChangeOutcome.IdempotencyConflict) throw Conflict(spec, result);
        var job = result.Job!;
        if ((!isRung || result.IsLate) && result.Outcome == ChangeOutcome.Applied) Ring(job);
        if (end is not null)
        {
            job = job.Id == spec.Id
                ? await ends.WaitAsync(job, end, wait, cancellationToken).ConfigureAwait(false) ?? throw jobs.Missing(job.Id)
                : await jobs.FindAsync(job.Id, wait, cancellationToken).ConfigureAwait(false);
        }

        return new SubmitAnswer(JobViews.Of(job, whole: true), result.Outcome is ChangeOutcome.Duplicate);
    }

    public async Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> batch, CancellationToken cancellationToken)
    {
        CheckSize(batch.Count, MaxBatch);
        memory.Check();
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
        memory.Check();
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

    private static JobSystemException Conflict(JobSpec spec, ChangeResult result) =>
        new(ErrorCodes.IdempotencyConflict, $"Key '{spec.IdempotencyKey}' was used for job {result.Job?.Id} with other content.");

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
        if (job is { Status: JobStatus.Scheduled, DueAt: { } due }) bells.RingAt(job.Queue, due);
        else if (job.Status == JobStatus.Queued && !bell.Ring(job.Queue) && store.IsShared) bells.Ring(job.Queue);
    }
}
