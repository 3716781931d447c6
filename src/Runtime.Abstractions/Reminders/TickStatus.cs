namespace Orleans.Runtime;

/// <summary>The times of a tick, UTC.</summary>
[GenerateSerializer, Immutable]
public readonly struct TickStatus
{
    /// <summary>Initializes a new instance of the <see cref="TickStatus"/> struct.</summary>
    /// <param name="firstTickTime">When the reminder was due first.</param>
    /// <param name="period">The time between ticks.</param>
    /// <param name="timeStamp">The time of this tick.</param>
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        FirstTickTime = firstTickTime;
        Period = period;
        CurrentTickTime = timeStamp;
    }

    /// <summary>Gets when the reminder was due first.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; }

    /// <summary>Gets the time between ticks.</summary>
    [Id(1)]
    public TimeSpan Period { get; }

    /// <summary>Gets the time of this tick.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; }

    /// <summary>Returns the three times.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
