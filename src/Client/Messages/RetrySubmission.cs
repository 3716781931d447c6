namespace Molino.Client;

/// <summary>The waits between attempts; what is null is the job type's default.</summary>
public sealed record RetrySubmission
{
    /// <summary>Wait before the second attempt.</summary>
    public TimeSpan? First { get; init; }

    /// <summary>How much longer each further wait is; at least 1.</summary>
    public double? Factor { get; init; }

    /// <summary>The longest wait.</summary>
    public TimeSpan? Max { get; init; }

    /// <summary>Whether waits are drawn evenly from zero to their length.</summary>
    public bool? Jitter { get; init; }
}
