using Orleans;

namespace Molino.Client;

/// <summary>The waits between attempts; what is null is the job type's default.</summary>
[GenerateSerializer, Immutable, Alias("client.retry.v1")]
public sealed record RetrySubmission
{
    /// <summary>Wait before the second attempt.</summary>
    [Id(0)]
    public TimeSpan? First { get; init; }

    /// <summary>How much longer each further wait is; at least 1.</summary>
    [Id(1)]
    public double? Factor { get; init; }

    /// <summary>The longest wait.</summary>
    [Id(2)]
    public TimeSpan? Max { get; init; }

    /// <summary>Whether waits are drawn evenly from zero to their length.</summary>
    [Id(3)]
    public bool? Jitter { get; init; }
}
