namespace Molino.Storage;

/// <summary>How long and how much finished work is kept; whichever comes first (contract, <c>Retention:*</c>).</summary>
public sealed record RetentionLimits
{
    /// <summary>Succeeded and expired jobs, after their end. Default 1 day.</summary>
    public TimeSpan Succeeded { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Failed jobs, archived or not, after their end. Default 30 days.</summary>
    public TimeSpan Failed { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Cancelled jobs, after their end. Default 1 day.</summary>
    public TimeSpan Cancelled { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Results, after their job's end. Default 1 day.</summary>
    public TimeSpan Results { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Events. Default 7 days.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Finished jobs. Default 1,000,000.</summary>
    public long MaxJobs { get; init; } = 1_000_000;

    /// <summary>Events. Default 5,000,000.</summary>
    public long MaxEvents { get; init; } = 5_000_000;

    /// <summary>Bytes of the store; finished work is removed, oldest first, above it. Null for 80 % of the disk.</summary>
    public long? MaxBytes { get; init; }
}
