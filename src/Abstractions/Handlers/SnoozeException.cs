namespace Molino;

/// <summary>Thrown by a handler, by way of <see cref="IJobContext.Snooze"/>, to run again later without costing an attempt.</summary>
public sealed class SnoozeException : Exception
{
    /// <summary>Creates the request.</summary>
    /// <param name="delay">How long to wait; above zero.</param>
    public SnoozeException(TimeSpan delay)
        : base($"Snoozed for {delay}.")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; }
}
