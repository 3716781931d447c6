using Molino.Client;
using Molino.Core;
using Molino.Grains;
using Molino.Storage;
using Orleans;

namespace Molino.Hosting;

/// <summary>Changes single jobs, through their grains.</summary>
internal sealed class LocalJobChanges(IGrainFactory grains, GrainCalls calls, IJobTypeRegistry types, JobFinder jobs)
{
    public async Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) =>
        Changed(id, await RepeatAsync(id, grain => grain.CancelAsync(reason), static job => job.CancelRequestedAt is not null, cancellationToken).ConfigureAwait(false));

    public async Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken)
    {
        if (args is { } given)
        {
            var job = await jobs.FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            if (types.TryGet(job.Spec.Type, out var type) && type.Validate(given.Utf8) is { } problem)
                throw new JobValidationException(ErrorCodes.InvalidRequest, problem.Path, problem.Message);
        }

        return Changed(id, await calls.OnceAsync(() => Grain(id).RetryAsync(args?.Utf8), cancellationToken).ConfigureAwait(false));
    }

    public async Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) =>
        Changed(id, await RepeatAsync(id, static grain => grain.ReleaseAsync(), static job => job.Status != JobStatus.Waiting, cancellationToken).ConfigureAwait(false));

    public async Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken)
    {
        if (update is { Priority: null, Queue: null, DueAt: null })
            throw new JobValidationException(ErrorCodes.InvalidRequest, "priority", "Give priority, queue or dueAt.");
        if (update.Priority is { } priority && !JobPriority.IsValid(priority))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "priority", "A priority is 0 to 10; 10 goes first.");
        if (update.Queue is { } queue && !Names.IsValid(queue))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "queue", "A queue's name is [a-z0-9][a-z0-9._-]{0,99}.");
        return Changed(id, await calls.RepeatAsync(_ => Grain(id).UpdateAsync(update.Priority, update.Queue, update.DueAt), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks for a change that is harmless to ask for twice. A refusal because it is done already is none when an earlier call may have done it.</summary>
    private Task<ChangeResult> RepeatAsync(JobId id, Func<IJobGrain, Task<ChangeResult>> change, Func<Job, bool> isDone, CancellationToken cancellationToken) =>
        calls.RepeatAsync(
            async again =>
            {
                var result = await change(Grain(id)).ConfigureAwait(false);
                return again && !result.IsStored && result.Job is { } job && isDone(job) ? new ChangeResult(ChangeOutcome.Replayed, job) : result;
            },
            cancellationToken);

    private JobView Changed(JobId id, ChangeResult result)
    {
        if (result.IsStored) return JobViews.Of(result.Job!, whole: true);
        if (result.Outcome == ChangeOutcome.NotFound || result.Job is not { } job) throw jobs.Missing(id);
        throw new JobSystemException(ErrorCodes.IllegalTransition, $"Job {id} is {job.Status.ToString().ToLowerInvariant()}; that is not possible now.");
    }

    private IJobGrain Grain(JobId id) => grains.GetGrain<IJobGrain>(id.ToString());
}
