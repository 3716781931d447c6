using Orleans;

namespace Molino.Core;

/// <summary>A job: what was submitted, and the state it has reached. Changed only by <see cref="JobTransitions.Apply"/>.</summary>
[GenerateSerializer, Immutable, Alias("job.v1")]
public sealed record Job
{
    /// <summary>How many ended attempts the history keeps: the newest.</summary>
    public const int MaxHistory = 20;

    /// <summary>What was submitted.</summary>
    [Id(0)]
    public required JobSpec Spec { get; init; }

    /// <summary>The job's identity.</summary>
    public JobId Id => Spec.Id;

    /// <summary>Place in the order of acceptance, given by the store inside the commit; 0 before that.</summary>
    [Id(1)]
    public long Sequence { get; init; }

    /// <summary>Counts the changes of this job, from 1.</summary>
    [Id(2)]
    public int Version { get; init; }

    /// <summary>The state.</summary>
    [Id(3)]
    public JobStatus Status { get; init; }

    /// <summary>The queue it is in now.</summary>
    [Id(4)]
    public required string Queue { get; init; }

    /// <summary>Its priority now, 0 to 10, 10 first.</summary>
    [Id(5)]
    public int Priority { get; init; }

    /// <summary>When it may start, UTC; null when it was or is ready at once.</summary>
    [Id(6)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Counted attempts, the running one included.</summary>
    [Id(7)]
    public int Attempt { get; init; }

    /// <summary>The token of the current or last lease; <see cref="LeaseToken.None"/> before the first.</summary>
    [Id(8)]
    public LeaseToken Token { get; init; }

    /// <summary>How often a lease of this job was lost with its silo.</summary>
    [Id(9)]
    public int Losses { get; init; }

    /// <summary>Where it runs or last ran.</summary>
    [Id(10)]
    public string? Silo { get; init; }

    /// <summary>The pool it runs or last ran in.</summary>
    [Id(11)]
    public string? Pool { get; init; }

    /// <summary>When the current or last attempt was leased, UTC.</summary>
    [Id(12)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached a terminal state, UTC.</summary>
    [Id(13)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a stop was first asked for, UTC.</summary>
    [Id(14)]
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Why it was to be stopped, as the asker said.</summary>
    [Id(15)]
    public string? CancelReason { get; init; }

    /// <summary>The last attempt's error; for a failed job the final one.</summary>
    [Id(16)]
    public JobError? Error { get; init; }

    /// <summary>The last progress of the current attempt.</summary>
    [Id(17)]
    public JobProgress? Progress { get; init; }

    /// <summary>The accepted result of a succeeded job.</summary>
    [Id(18)]
    public JobResult? Result { get; init; }

    /// <summary>Ended attempts, oldest first, the newest <see cref="MaxHistory"/>.</summary>
    [Id(19)]
    public IReadOnlyList<Attempt> History { get; init; } = [];

    /// <summary>Whether it waits for a release.</summary>
    [Id(20)]
    public bool Held { get; init; }

    /// <summary>Whether a failed job was put away: it stays, hidden from the list of dead letters.</summary>
    [Id(21)]
    public bool Archived { get; init; }

    /// <summary>Whether it may be what kills silos: it then runs as the only suspect on its silo.</summary>
    public bool IsSuspect => Losses >= JobTransitions.LossesBeforeSuspect;

    /// <summary>Whether it can still expire at a given time: only a job that never started does.</summary>
    /// <param name="now">UTC.</param>
    public bool IsExpiredAt(DateTimeOffset now) =>
        Spec.ExpiresAt is { } limit && limit <= now && StartedAt is null && Status.IsPending();
}
