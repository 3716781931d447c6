namespace Molino.Client;

/// <summary>A submit, as in <c>POST /api/jobs</c>. What is null is the job type's default.</summary>
public sealed record JobSubmission
{
    /// <summary>The job type.</summary>
    public string? Type { get; init; }

    /// <summary>The arguments; absent stands for <c>{}</c>.</summary>
    public RawJson Args { get; init; }

    /// <summary>The queue; null for the one that type and routes give.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 10, 10 first.</summary>
    public int? Priority { get; init; }

    /// <summary>Start so much later; not negative; not together with <see cref="RunAt"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Start at this time, UTC (ETA); a past time means at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Do not start after this, UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A repeated submit with the same key and type answers the first job; up to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All attempts, the first included; 1 to 1,000.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The waits between attempts.</summary>
    public RetrySubmission? Retry { get; init; }

    /// <summary>Hard limit of an attempt; above zero.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Soft limit of an attempt; above zero, not above the hard one.</summary>
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>Resources held while running; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>Names for filters; at most 20, of up to 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Jobs that must finish first; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>Whether the job waits for a release.</summary>
    public bool? Hold { get; init; }
}
