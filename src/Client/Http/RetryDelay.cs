using System.Security.Cryptography;

namespace Molino.Client;

/// <summary>Waits between repeats: doubling from 50 ms to 2 s, drawn from the upper half, so that clients of one dead server do not come back as one.</summary>
internal static class RetryDelay
{
    private const int FirstMilliseconds = 50;
    private const int MaxMilliseconds = 2000;

    /// <summary>The wait after a failed try.</summary>
    /// <param name="attempt">Tries before this one.</param>
    public static TimeSpan After(int attempt)
    {
        var full = Math.Min(FirstMilliseconds << Math.Min(attempt, 10), MaxMilliseconds);
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(full / 2, full + 1));
    }
}
