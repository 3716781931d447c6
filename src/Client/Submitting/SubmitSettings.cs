namespace Molino.Client;

/// <summary>When, where and how a job runs: what <see cref="SubmitOptions"/> and <see cref="JobSubmission"/> have in common.</summary>
public abstract record SubmitSettings
{
    private protected SubmitSettings()
    {
    }

    /// <summary>The queue, <c>[a-z0-9][a-z0-9._-]{0,99}</c>; null for the one that type and routes give.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 10, 10 first.</summary>
    public int? Priority { get; init; }

    /// <summary>Start so much later (Celery's countdown); not negative; not together with <see cref="RunAt"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Start at this time, UTC (ETA); a past time means at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Do not start after this, UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A repeated submit with the same key and type answers the first job; up to 200 characters. With a key, a submit whose answer was lost is repeated safely.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All attempts, the first included; 1 to 1,000.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The waits between attempts.</summary>
    public RetrySubmission? Retry { get; init; }

    /// <summary>Hard limit of an attempt; above zero.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Soft limit of an attempt; above zero, not above the hard one.</summary>
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>Names for filters; at most 20, of up to 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether the job waits for a release; null for no.</summary>
    public bool? Hold { get; init; }
}
