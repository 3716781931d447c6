using Molino.Core;

namespace Molino.Core.Tests;

/// <summary>Jobs in every state, reached the way real jobs reach them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    public static JobSpec Spec(bool hold = false, DateTimeOffset? due = null, DateTimeOffset? expires = null, int maxAttempts = 4) => new()
    {
        Id = JobId.Create(Now, 0x0123456789ABCDEF),
        Type = "noop",
        Args = "{}"u8.ToArray(),
        Queue = "default",
        CreatedAt = Now,
        Hold = hold,
        DueAt = due,
        ExpiresAt = expires,
        MaxAttempts = maxAttempts,
    };

    public static Job Create(JobSpec spec) => JobTransitions.Create(new JobEvent.Submitted(spec.CreatedAt, spec), sequence: 1);

    public static Job Queued(int maxAttempts = 4) => Create(Spec(maxAttempts: maxAttempts));

    public static Job Running(int maxAttempts = 4) => Lease(Queued(maxAttempts));

    public static Job Lease(Job job, DateTimeOffset? at = null) =>
        JobTransitions.Apply(job, new JobEvent.Leased(at ?? Now, 42, "silo-1", "default"));

    public static JobResult Result() => new(JobResult.Json, "1"u8.ToArray(), 1);

    public static JobError Error() => new("Broken", "It broke.");

    /// <summary>A job in the state, in a form for which the given event's own conditions hold.</summary>
    public static Job In(JobStatus status) => status switch
    {
        JobStatus.Waiting => Create(Spec(hold: true, expires: Now)),
        JobStatus.Scheduled => Create(Spec(due: Now.AddSeconds(1), expires: Now.AddSeconds(1))),
        JobStatus.Queued => Create(Spec(expires: Now)),
        JobStatus.Running => Running() with { CancelRequestedAt = Now, Losses = JobTransitions.LossesBeforeSuspect },
        JobStatus.Succeeded => JobTransitions.Apply(Running(), new JobEvent.Succeeded(Now, Running().Token, Result())),
        JobStatus.Failed => JobTransitions.Apply(Running(), new JobEvent.AttemptFailed(Now, Running().Token, Error(), Permanent: true, 0)),
        JobStatus.Cancelled => JobTransitions.Apply(Queued(), new JobEvent.CancelRequested(Now, "enough")),
        JobStatus.Expired => JobTransitions.Apply(Create(Spec(expires: Now)), new JobEvent.Expired(Now)),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>An event of the kind that fits the job where the table allows it.</summary>
    public static JobEvent Event(JobEventKind kind, Job job) => kind switch
    {
        JobEventKind.Submitted => new JobEvent.Submitted(Now, Spec() with { Id = JobId.Create(Now, 99) }),
        JobEventKind.HoldReleased => new JobEvent.HoldReleased(Later),
        JobEventKind.ParentsFinished => new JobEvent.ParentsFinished(Later),
        JobEventKind.Parked => new JobEvent.Parked(Later),
        JobEventKind.Unparked => new JobEvent.Unparked(Later),
        JobEventKind.BecameDue => new JobEvent.BecameDue(Later),
        JobEventKind.Reprioritised => new JobEvent.Reprioritised(Later, 9, null),
        JobEventKind.Rescheduled => new JobEvent.Rescheduled(Later, Later.AddHours(1)),
        JobEventKind.Leased => new JobEvent.Leased(Later, 7, "silo-2", "default"),
        JobEventKind.Progressed => new JobEvent.Progressed(Later, job.Token, new JobProgress(0.5)),
        JobEventKind.Succeeded => new JobEvent.Succeeded(Later, job.Token, Result()),
        JobEventKind.AttemptFailed => new JobEvent.AttemptFailed(Later, job.Token, Error(), false, 0.5),
        JobEventKind.LeaseLost => new JobEvent.LeaseLost(Later, job.Token),
        JobEventKind.HandedBack => new JobEvent.HandedBack(Later, job.Token),
        JobEventKind.CancelRequested => new JobEvent.CancelRequested(Later, null),
        JobEventKind.CancelConfirmed => new JobEvent.CancelConfirmed(Later, job.Token),
        JobEventKind.Expired => new JobEvent.Expired(Later),
        JobEventKind.Quarantined => new JobEvent.Quarantined(Later, job.Token),
        JobEventKind.RetriedByHand => new JobEvent.RetriedByHand(Later),
        JobEventKind.Archived => new JobEvent.Archived(Later),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static DateTimeOffset Later => Now.AddSeconds(2);
}
