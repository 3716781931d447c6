namespace Molino.Core;

/// <summary>What follows a failed attempt.</summary>
/// <param name="RetryAt">When the next attempt is due, UTC; null when the failure is final.</param>
public readonly record struct NextStep(DateTimeOffset? RetryAt)
{
    /// <summary>No further attempt.</summary>
    public static NextStep Final => default;
}
