using Molino.Core;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Grains;

/// <summary>See <see cref="IJobGrain"/>. Holds nothing that matters: the store is the truth, and the grain leaves after each change.</summary>
[Reentrant]
public sealed class JobGrain(IJobStore store, QueueBells bells, TimeProvider time) : Grain, IJobGrain
{
    private JobId _id;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(this.GetPrimaryKeyString(), out _id))
            throw new JobSystemException(ErrorCodes.NotFound, $"'{this.GetPrimaryKeyString()}' is not a job id.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ChangeResult> CancelAsync(string? reason) => ApplyAsync(new JobEvent.CancelRequested(time.GetUtcNow(), reason));

    /// <inheritdoc/>
    public Task<ChangeResult> RetryAsync(ReadOnlyMemory<byte>? args) => ApplyAsync(new JobEvent.RetriedByHand(time.GetUtcNow(), args));

    /// <inheritdoc/>
    public Task<ChangeResult> ReleaseAsync() => ApplyAsync(new JobEvent.HoldReleased(time.GetUtcNow()));

    /// <inheritdoc/>
    public async Task<ChangeResult> UpdateAsync(int? priority, string? queue, DateTimeOffset? dueAt)
    {
        var now = time.GetUtcNow();
        var changes = new List<JobChange>(2);
        if (priority is not null || queue is not null) changes.Add(new JobChange(_id, new JobEvent.Reprioritised(now, priority, queue)));
        if (dueAt is { } due) changes.Add(new JobChange(_id, new JobEvent.Rescheduled(now, due)));
        var results = await store.ApplyAsync(changes, allOrNothing: true, CancellationToken.None);
        foreach (var result in results)
        {
            if (!result.IsStored && result.Outcome != ChangeOutcome.RolledBack) return result;
        }

        Ring(results[^1].Job);
        DeactivateOnIdle();
        return results[^1];
    }

    private async Task<ChangeResult> ApplyAsync(JobEvent change)
    {
        var results = await store.ApplyAsync([new JobChange(_id, change)], allOrNothing: false, CancellationToken.None);
        if (results[0].IsStored) Ring(results[0].Job);
        DeactivateOnIdle();
        return results[0];
    }

    private void Ring(Job? job)
    {
        if (job is { Status: JobStatus.Queued }) bells.Ring(job.Queue);
        else if (job is { Status: JobStatus.Scheduled, DueAt: { } due }) bells.RingAt(job.Queue, due);
    }
}
