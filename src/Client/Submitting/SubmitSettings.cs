using Orleans;

namespace Molino.Client;

/// <summary>When, where and how a job runs: what <see cref="SubmitOptions"/> and <see cref="JobSubmission"/> have in common.</summary>
[GenerateSerializer, Immutable, Alias("client.submit-settings.v1")]
public abstract record SubmitSettings
{
    private protected SubmitSettings()
    {
    }

    /// <summary>The queue, <c>[a-z0-9][a-z0-9._-]{0,99}</c>; null for the one that type and routes give.</summary>
    [Id(0)]
    public string? Queue { get; init; }

    /// <summary>0 to 10, 10 first.</summary>
    [Id(1)]
    public int? Priority { get; init; }

    /// <summary>Start so much later (Celery's countdown); not negative; not together with <see cref="RunAt"/>.</summary>
    [Id(2)]
    public TimeSpan? Delay { get; init; }

    /// <summary>Start at this time, UTC (ETA); a past time means at once.</summary>
    [Id(3)]
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Do not start after this, UTC.</summary>
    [Id(4)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A repeated submit with the same key and type answers the first job; up to 200 characters. With a key, a submit whose answer was lost is repeated safely.</summary>
    [Id(5)]
    public string? IdempotencyKey { get; init; }

    /// <summary>All attempts, the first included; 1 to 1,000.</summary>
    [Id(6)]
    public int? MaxAttempts { get; init; }

    /// <summary>The waits between attempts.</summary>
    [Id(7)]
    public RetrySubmission? Retry { get; init; }

    /// <summary>Hard limit of an attempt; above zero.</summary>
    [Id(8)]
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Soft limit of an attempt; above zero, not above the hard one.</summary>
    [Id(9)]
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>Names for filters; at most 20, of up to 100 characters.</summary>
    [Id(10)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether the job waits for a release; null for no.</summary>
    [Id(11)]
    public bool? Hold { get; init; }
}
