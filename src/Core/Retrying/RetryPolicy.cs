using Orleans;

namespace Molino.Core;

/// <summary>The waits between attempts: exponential with a cap and, unless switched off, full jitter (requirement D3).</summary>
/// <param name="First">Wait before the second attempt, before jitter; from zero.</param>
/// <param name="Factor">How much longer each further wait is; at least 1.</param>
/// <param name="Max">The longest wait; not below <paramref name="First"/>.</param>
/// <param name="Jitter">Whether a wait is drawn evenly from zero to its length, so that failures of one cause do not come back at once
/// ("full jitter", Brooker, Exponential Backoff and Jitter, 2015).</param>
[GenerateSerializer, Immutable, Alias("job.retry-policy.v1")]
public sealed record RetryPolicy(
    [property: Id(0)] TimeSpan First,
    [property: Id(1)] double Factor,
    [property: Id(2)] TimeSpan Max,
    [property: Id(3)] bool Jitter)
{
    /// <summary>All attempts of a job that says nothing: the first and three retries.</summary>
    public const int DefaultMaxAttempts = 4;

    /// <summary>First wait 60 s, doubled each time, at most 600 s, with jitter.</summary>
    public static RetryPolicy Default { get; } = new(TimeSpan.FromSeconds(60), 2, TimeSpan.FromSeconds(600), Jitter: true);

    /// <summary>Says what is wrong with the policy.</summary>
    /// <returns>A sentence that names the field, or null when all is well.</returns>
    public string? Validate()
    {
        if (First < TimeSpan.Zero) return "retry.first must not be negative.";
        if (!(Factor >= 1) || double.IsInfinity(Factor)) return "retry.factor must be at least 1.";
        return Max < First ? "retry.max must not be below retry.first." : null;
    }

    /// <summary>The wait before the attempt that follows <paramref name="attempt"/>, before jitter.</summary>
    /// <param name="attempt">Attempts made so far, counted from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attempt"/> is below 1.</exception>
    public TimeSpan WaitAfter(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var seconds = First.TotalSeconds * Math.Pow(Factor, attempt - 1);
        return seconds >= Max.TotalSeconds || double.IsNaN(seconds) ? Max : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Decides what follows a failed attempt.</summary>
    /// <param name="policy">Validated waits.</param>
    /// <param name="maxAttempts">All attempts that may count, the first included.</param>
    /// <param name="attempt">Attempts made so far, counted from 1.</param>
    /// <param name="now">UTC instant at which the attempt ended.</param>
    /// <param name="jitter">Fraction from 0 (inclusive) to 1 (exclusive).</param>
    /// <returns>A retry with its due time, or the final failure.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attempt"/> is below 1, or <paramref name="jitter"/> is not in its range.</exception>
    public static NextStep AfterFailure(RetryPolicy policy, int maxAttempts, int attempt, DateTimeOffset now, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(jitter, 1);
        if (attempt >= maxAttempts) return NextStep.Final;
        var wait = policy.WaitAfter(attempt);
        return new NextStep(now + (policy.Jitter ? wait * jitter : wait));
    }
}
