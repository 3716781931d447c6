namespace Orleans.Runtime;

/// <summary>A timer of one activation; it ends with the activation or when disposed.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times. During a tick they take effect when the tick has ended.</summary>
    /// <param name="dueTime">Time to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none. At most 4,294,967,294 ms (49 days).</param>
    /// <param name="period">Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick. At most 49 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of range.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
