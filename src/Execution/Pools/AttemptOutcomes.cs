using Molino.Core;

namespace Molino.Execution;

/// <summary>Says what the store is to be told of an attempt's end. Pure.</summary>
internal static class AttemptOutcomes
{
    /// <summary>A century: a time that far off can still be told and stored.</summary>
    private static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(36_525);

    /// <summary>The event for an end; null when there is nothing to tell, because the lease is gone.</summary>
    /// <param name="job">The job as leased.</param>
    /// <param name="end">How the run ended.</param>
    /// <param name="reason">Why it was told to stop, if it was.</param>
    /// <param name="result">The result, for a handler that returned.</param>
    /// <param name="now">UTC.</param>
    /// <param name="jitter">A random fraction from 0 (inclusive) to 1 (exclusive).</param>
    public static JobEvent? EventFor(Job job, AttemptEnd end, StopReason reason, JobResult? result, DateTimeOffset now, double jitter)
    {
        if (reason == StopReason.LeaseLost) return null;
        return end switch
        {
            AttemptEnd.Returned => new JobEvent.Succeeded(now, job.Token, result!),
            AttemptEnd.Snoozed snoozed => new JobEvent.HandedBack(now, job.Token, now + (snoozed.Delay < LongestSnooze ? snoozed.Delay : LongestSnooze)),
            AttemptEnd.Failed failed => new JobEvent.AttemptFailed(now, job.Token, failed.Error, failed.Permanent, jitter),
            AttemptEnd.Stopped => StoppedBy(job, reason, null, permanent: false, now, jitter),
            AttemptEnd.Killed killed => StoppedBy(job, reason, killed.LastOutput, permanent: false, now, jitter),
            AttemptEnd.Abandoned => StoppedBy(
                job, reason, "The handler ignored its cancellation token and still runs; it is not tried again, so that no two runs overlap.", permanent: true, now, jitter),
            _ => throw new InvalidOperationException($"Unknown end {end}."),
        };
    }

    private static JobEvent StoppedBy(Job job, StopReason reason, string? detail, bool permanent, DateTimeOffset now, double jitter) => reason switch
    {
        StopReason.CancelRequested => new JobEvent.CancelConfirmed(now, job.Token),
        StopReason.SoftTimeLimit => new JobEvent.AttemptFailed(now, job.Token, Limit("soft", job.Spec.TimeLimits.Soft, detail), permanent, jitter),
        StopReason.HardTimeLimit => new JobEvent.AttemptFailed(now, job.Token, Limit("hard", job.Spec.TimeLimits.Hard, detail), permanent, jitter),
        _ => new JobEvent.HandedBack(now, job.Token),
    };

    private static JobError Limit(string which, TimeSpan limit, string? detail) =>
        new(JobError.TimeLimitExceeded, $"Stopped at the {which} time limit of {limit.TotalSeconds:0.###} s.", detail);
}
