using Orleans;

namespace Molino.Core;

/// <summary>What was submitted: the part of a job that never changes (a retry by hand may replace <see cref="Args"/>).</summary>
[GenerateSerializer, Immutable, Alias("job.spec.v1")]
public sealed record JobSpec
{
    /// <summary>The job's identity.</summary>
    [Id(0)]
    public required JobId Id { get; init; }

    /// <summary>The job type, which picks the handler.</summary>
    [Id(1)]
    public required string Type { get; init; }

    /// <summary>Arguments as JSON, UTF-8; checked against the type's schema before anything is stored.</summary>
    [Id(2)]
    public required ReadOnlyMemory<byte> Args { get; init; }

    /// <summary>The queue the job was first sent to.</summary>
    [Id(3)]
    public required string Queue { get; init; }

    /// <summary>The priority the job was first given, 0 to 10, 10 first.</summary>
    [Id(4)]
    public int Priority { get; init; } = JobPriority.Default;

    /// <summary>When the job was accepted, UTC.</summary>
    [Id(5)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may start at the earliest, UTC; null for at once.</summary>
    [Id(6)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it must have started at the latest, UTC; null for never too late.</summary>
    [Id(7)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>All attempts that may count, the first included; at least 1.</summary>
    [Id(8)]
    public int MaxAttempts { get; init; } = RetryPolicy.DefaultMaxAttempts;

    /// <summary>The waits between attempts.</summary>
    [Id(9)]
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>How long an attempt may run.</summary>
    [Id(10)]
    public TimeLimits TimeLimits { get; init; } = TimeLimits.Default;

    /// <summary>Makes a repeated submit return the first job; null when none was given. Scoped by type.</summary>
    [Id(11)]
    public string? IdempotencyKey { get; init; }

    /// <summary>Names for filters; at most 20.</summary>
    [Id(12)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the job waits until somebody releases it.</summary>
    [Id(13)]
    public bool Hold { get; init; }
}
