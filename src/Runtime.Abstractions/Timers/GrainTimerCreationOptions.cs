using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Times and flags of a grain timer.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Initializes a new instance of the <see cref="GrainTimerCreationOptions"/> struct.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="GrainTimerCreationOptions"/> struct.</summary>
    /// <param name="dueTime">Time to the first tick.</param>
    /// <param name="period">Time from the end of a tick to the next.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Gets the time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none. At most 4,294,967,294 ms (49 days).</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Gets the time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick. At most 49 days.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Gets a value indicating whether ticks may run between the turns of a call that awaits. Default false: a tick waits as a call does.</summary>
    public bool Interleave { get; init; }

    /// <summary>Gets a value indicating whether a tick counts as use, so that the collector spares the activation. Default false.</summary>
    public bool KeepAlive { get; init; }
}
