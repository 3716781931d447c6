using Molino.Core;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Grains;

/// <summary>See <see cref="IJobGrain"/>. Holds nothing that matters: the store is the truth, and the grain leaves when nobody waits.</summary>
[Reentrant]
public sealed class JobGrain(IJobStore store, JobWatch watch, QueueBells bells, TimeProvider time) : Grain, IJobGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>How often a waiting grain reads the store, in case a hint was lost.</summary>
    private static readonly TimeSpan Reread = TimeSpan.FromSeconds(2);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private JobId _id;
    private int _waiters;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(this.GetPrimaryKeyString(), out _id))
            throw new JobSystemException(ErrorCodes.NotFound, $"'{this.GetPrimaryKeyString()}' is not a job id.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Job?> WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var limit = wait < LongestWait ? wait : LongestWait;
        _waiters++;
        var ended = watch.Add(_id); // before the read, so that an end in between is told
        try
        {
            while (true)
            {
                var job = await store.FindAsync(_id, cancellationToken);
                var left = limit - time.GetElapsedTime(start);
                if (job is null || job.Status.IsTerminal() || left <= TimeSpan.Zero) return job;
                await EndedWithinAsync(ended.IsCompleted ? Never : ended, left < Reread ? left : Reread, cancellationToken);
            }
        }
        finally
        {
            watch.Remove(_id);
            _waiters--;
            LeaveUnlessWaiting();
        }
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
        return results[^1];
    }

    private async Task<ChangeResult> ApplyAsync(JobEvent change)
    {
        var results = await store.ApplyAsync([new JobChange(_id, change)], allOrNothing: false, CancellationToken.None);
        if (results[0].IsStored) Ring(results[0].Job);
        LeaveUnlessWaiting();
        return results[0];
    }

    /// <summary>Leaves once nobody waits: a grain that leaves takes no calls, and would hold them up until the last wait is over.</summary>
    private void LeaveUnlessWaiting()
    {
        if (_waiters == 0) DeactivateOnIdle();
    }

    /// <summary>Waits for the end to be told. The timer is disposed with the wait, so that ended waits leave nothing behind.</summary>
    private async Task EndedWithinAsync(Task ended, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await ended.WaitAsync(wait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }
    }

    private void Ring(Job? job)
    {
        if (job is { Status: JobStatus.Queued }) bells.Ring(job.Queue);
        else if (job is { Status: JobStatus.Scheduled, DueAt: { } due }) bells.RingAt(job.Queue, due);
    }
}
