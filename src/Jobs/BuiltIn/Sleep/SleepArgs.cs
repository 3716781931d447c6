namespace Molino.Jobs.BuiltIn;

/// <summary>Arguments of <c>sleep</c>.</summary>
public sealed record SleepArgs
{
    private const double MaxSeconds = 4_000_000;

    /// <summary>Checks the arguments.</summary>
    /// <param name="seconds">How long, from 0 to 4 million.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public SleepArgs(double seconds)
    {
        if (seconds is not (>= 0 and <= MaxSeconds)) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, $"Must be from 0 to {MaxSeconds}.");
        Seconds = seconds;
    }

    /// <summary>How long, in seconds.</summary>
    public double Seconds { get; }
}
