using static Molino.Core.JobEventKind;
using static Molino.Core.JobStatus;

namespace Molino.Core;

/// <summary>The table of legal moves (design section 4) and what each does. Pure: time and randomness come in the events.</summary>
public static class JobTransitions
{
    /// <summary>After this many lost leases a job is a suspect and runs as the only one on its silo.</summary>
    public const int LossesBeforeSuspect = 2;

    private static readonly bool[,] Table = BuildTable();

    /// <summary>Whether the table allows an event in a state. <see cref="Submitted"/> is legal in none: it makes the job.</summary>
    /// <param name="status">The state.</param>
    /// <param name="kind">The event.</param>
    public static bool IsLegal(JobStatus status, JobEventKind kind) => Table[(int)status, (int)kind];

    /// <summary>Judges an event against a job, without applying it.</summary>
    /// <param name="job">The job as stored.</param>
    /// <param name="change">What is to happen.</param>
    public static TransitionVerdict Judge(Job job, JobEvent change)
    {
        if (change is JobEvent.Submitted submitted)
            return submitted.Spec.Id == job.Id ? TransitionVerdict.Replay : TransitionVerdict.Illegal;
        if (change.RequiredToken is { } token)
        {
            if (token != job.Token) return TransitionVerdict.StaleToken;
            if (job.Status != Running) return IsReplayOfEnd(job, change) ? TransitionVerdict.Replay : TransitionVerdict.StaleToken;
        }

        if (!IsLegal(job.Status, change.Kind)) return TransitionVerdict.Illegal;
        return change switch
        {
            JobEvent.HoldReleased when !job.Held => TransitionVerdict.Illegal,
            JobEvent.BecameDue or JobEvent.Leased when job.DueAt > change.At && job.Status == Scheduled => TransitionVerdict.Illegal,
            JobEvent.Expired when !job.IsExpiredAt(change.At) => TransitionVerdict.Illegal,
            JobEvent.CancelConfirmed when job.CancelRequestedAt is null => TransitionVerdict.Illegal,
            JobEvent.Quarantined when !job.IsSuspect => TransitionVerdict.Illegal,
            JobEvent.CancelRequested when job.CancelRequestedAt is not null => TransitionVerdict.Replay,
            JobEvent.Archived when job.Archived => TransitionVerdict.Replay,
            _ => TransitionVerdict.Legal,
        };
    }

    /// <summary>Makes the job of a submit: waiting when held, scheduled when due later, else queued.</summary>
    /// <param name="submitted">What was submitted, and when.</param>
    /// <param name="sequence">Place in the order of acceptance, above 0.</param>
    public static Job Create(JobEvent.Submitted submitted, long sequence)
    {
        var spec = submitted.Spec;
        return new Job
        {
            Spec = spec,
            Sequence = sequence,
            Version = 1,
            Queue = spec.Queue,
            Priority = spec.Priority,
            DueAt = spec.DueAt,
            Held = spec.Hold,
            Status = spec.Hold ? Waiting : ReadyStatus(spec.DueAt, submitted.At),
        };
    }

    /// <summary>Applies an event.</summary>
    /// <param name="job">The job as stored.</param>
    /// <param name="change">What happened.</param>
    /// <returns>The job after it, with its version raised by one; the same job for a replay.</returns>
    /// <exception cref="IllegalTransitionException">The state does not allow the event, or its lease token is stale.</exception>
    public static Job Apply(Job job, JobEvent change) => Judge(job, change) switch
    {
        TransitionVerdict.Legal => Next(job, change) with { Version = job.Version + 1 },
        TransitionVerdict.Replay => job,
        _ => throw new IllegalTransitionException(job.Id, job.Status, change.Kind),
    };

    private static Job Next(Job job, JobEvent change) => change switch
    {
        JobEvent.HoldReleased => job with { Held = false, Status = ReadyStatus(job.DueAt, change.At) },
        JobEvent.ParentsFinished or JobEvent.Unparked => job with { Status = ReadyStatus(job.DueAt, change.At) },
        JobEvent.Parked => job with { Status = Waiting },
        JobEvent.BecameDue => job with { Status = Queued },
        JobEvent.Reprioritised e => job with { Priority = e.Priority ?? job.Priority, Queue = e.Queue ?? job.Queue },
        JobEvent.Rescheduled e => job with { DueAt = e.DueAt, Status = job.Status == Waiting ? Waiting : ReadyStatus(e.DueAt, e.At) },
        JobEvent.Leased e => Lease(job, e),
        JobEvent.Progressed e => job with { Progress = e.Progress },
        JobEvent.Succeeded e => End(job, JobStatus.Succeeded, AttemptOutcome.Succeeded, null, e.At) with { Result = e.Result },
        JobEvent.AttemptFailed e => Fail(job, e),
        JobEvent.LeaseLost e => Lose(job, e.At),
        JobEvent.HandedBack e => GiveBack(job, AttemptOutcome.HandedBack, e.DueAt, e.At),
        JobEvent.CancelRequested e => RequestCancel(job, e),
        JobEvent.CancelConfirmed e => End(job, Cancelled, AttemptOutcome.Cancelled, CancelError(job), e.At),
        JobEvent.Expired e => job with
        {
            Status = JobStatus.Expired,
            FinishedAt = e.At,
            Error = new JobError(JobError.ExpiredType, $"Not started before {job.Spec.ExpiresAt:O}."),
        },
        JobEvent.Quarantined e => Quarantine(job, e.At),
        JobEvent.RetriedByHand e => job with
        {
            Spec = e.Args is { } args ? job.Spec with { Args = args } : job.Spec,
            Status = Queued,
            DueAt = null,
            Attempt = 0,
            Losses = 0,
            FinishedAt = null,
            Progress = null,
            Archived = false,
            CancelRequestedAt = null,
            CancelReason = null,
        },
        JobEvent.Archived => job with { Archived = true },
        _ => throw new IllegalTransitionException(job.Id, job.Status, change.Kind),
    };

    private static Job Lease(Job job, JobEvent.Leased e) => job with
    {
        Status = Running,
        Attempt = job.Attempt + 1,
        Token = new LeaseToken(job.Token.Epoch + 1, e.Nonce),
        Silo = e.Silo,
        Pool = e.Pool,
        StartedAt = e.At,
        Progress = null,
    };

    private static Job Fail(Job job, JobEvent.AttemptFailed e)
    {
        if (job.CancelRequestedAt is not null) return End(job, Cancelled, AttemptOutcome.Cancelled, e.Error, e.At);
        var next = e.Permanent
            ? NextStep.Final
            : RetryPolicy.AfterFailure(job.Spec.Retry, job.Spec.MaxAttempts, job.Attempt, e.At, e.Jitter);
        return next.RetryAt is { } due
            ? job with { Status = ReadyStatus(due, e.At), DueAt = due, Error = e.Error, History = Remember(job, AttemptOutcome.Failed, e.Error, e.At) }
            : End(job, Failed, AttemptOutcome.Failed, e.Error, e.At);
    }

    private static Job GiveBack(Job job, AttemptOutcome outcome, DateTimeOffset? due, DateTimeOffset at)
    {
        if (job.CancelRequestedAt is not null) return End(job, Cancelled, outcome, CancelError(job), at);
        return job with
        {
            Status = ReadyStatus(due, at),
            DueAt = due,
            Attempt = job.Attempt - 1,
            Progress = null,
            History = Remember(job, outcome, null, at),
        };
    }

    private static Job Lose(Job job, DateTimeOffset at) => GiveBack(job, AttemptOutcome.Lost, null, at) with { Losses = job.Losses + 1 };

    /// <summary>Whoever quarantines a job has read it earlier: a stop that was asked for since then counts as with any lost lease.</summary>
    private static Job Quarantine(Job job, DateTimeOffset at) => job.CancelRequestedAt is not null
        ? Lose(job, at)
        : End(job with { Losses = job.Losses + 1 }, Failed, AttemptOutcome.Lost, CrashLoopError(job), at);

    private static Job RequestCancel(Job job, JobEvent.CancelRequested e)
    {
        var asked = job with { CancelRequestedAt = e.At, CancelReason = e.Reason };
        return job.Status == Running ? asked : asked with { Status = Cancelled, FinishedAt = e.At, Held = false, Error = CancelError(asked) };
    }

    private static Job End(Job job, JobStatus status, AttemptOutcome outcome, JobError? error, DateTimeOffset at) => job with
    {
        Status = status,
        FinishedAt = at,
        Error = error,
        History = Remember(job, outcome, error, at),
    };

    /// <summary>Appends the running attempt to the history; a first attempt that succeeds leaves none, the job itself tells it all.</summary>
    private static IReadOnlyList<Attempt> Remember(Job job, AttemptOutcome outcome, JobError? error, DateTimeOffset at)
    {
        if (outcome == AttemptOutcome.Succeeded && job.History.Count == 0) return [];
        var ended = new Attempt(job.Attempt, job.Silo ?? "", job.StartedAt ?? at, at, outcome, error);
        return [.. job.History.Skip(job.History.Count - Job.MaxHistory + 1), ended];
    }

    private static JobStatus ReadyStatus(DateTimeOffset? due, DateTimeOffset now) => due > now ? Scheduled : Queued;

    private static JobError CancelError(Job job) => new(JobError.CancelledType, job.CancelReason ?? "Cancelled on request.");

    private static JobError CrashLoopError(Job job) => new(
        JobError.CrashLoop,
        $"The silo died {job.Losses + 1} times while this job ran, the last time as the only suspect.");

    /// <summary>The end of an attempt told twice, by the same lease.</summary>
    private static bool IsReplayOfEnd(Job job, JobEvent change) => change.Kind switch
    {
        JobEventKind.Succeeded => job.Status == JobStatus.Succeeded,
        AttemptFailed => job.Status is Failed or Cancelled || (job.Status.IsPending() && LastOutcome(job) == AttemptOutcome.Failed),
        HandedBack => job.Status == Cancelled || (job.Status.IsPending() && LastOutcome(job) == AttemptOutcome.HandedBack),
        LeaseLost => job.Status == Cancelled || (job.Status.IsPending() && LastOutcome(job) == AttemptOutcome.Lost),
        CancelConfirmed => job.Status == Cancelled,
        Quarantined => job.Status == Cancelled || (job.Status == Failed && LastOutcome(job) == AttemptOutcome.Lost),
        _ => false,
    };

    private static AttemptOutcome? LastOutcome(Job job) => job.History.Count == 0 ? null : job.History[^1].Outcome;

    private static bool[,] BuildTable()
    {
        var table = new bool[Enum.GetValues<JobStatus>().Length, Enum.GetValues<JobEventKind>().Length];
        Allow(table, Waiting, HoldReleased, ParentsFinished, Unparked, Reprioritised, Rescheduled, CancelRequested, JobEventKind.Expired);
        Allow(table, Scheduled, BecameDue, Reprioritised, Rescheduled, Leased, CancelRequested, JobEventKind.Expired);
        Allow(table, Queued, Parked, Reprioritised, Rescheduled, Leased, CancelRequested, JobEventKind.Expired);
        Allow(table, Running, Progressed, JobEventKind.Succeeded, AttemptFailed, LeaseLost, HandedBack, CancelRequested, CancelConfirmed, Quarantined);
        Allow(table, Failed, RetriedByHand, Archived);
        return table;
    }

    private static void Allow(bool[,] table, JobStatus status, params ReadOnlySpan<JobEventKind> kinds)
    {
        foreach (var kind in kinds) table[(int)status, (int)kind] = true;
    }
}
