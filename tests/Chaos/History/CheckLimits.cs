namespace Molino.Chaos;

/// <summary>What the promises say in numbers.</summary>
/// <param name="LossWindow">How much a killed Redis may lose: 2 s with fsync every second, nothing with fsync always.</param>
internal sealed record CheckLimits(TimeSpan LossWindow)
{
    /// <summary>P4: work of a dead silo runs elsewhere within this time (10 s).</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a machine with two cores for four servers and their load may take on top.</summary>
    public TimeSpan Allowance { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>P8: silos are ready again within this time of Redis' return (5 s).</summary>
    public TimeSpan Healing { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A silo that is cut off for less is not removed, so its work must not run again.</summary>
    public TimeSpan Removal { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>The limits for a Redis that is set up so.</summary>
    public static CheckLimits For(bool fsyncAlways) => new(fsyncAlways ? TimeSpan.Zero : TimeSpan.FromSeconds(2));
}
