using Orleans;

namespace Molino.Runtime.Tests.Timers;

/// <summary>What timer a test wants.</summary>
[GenerateSerializer]
public sealed record GrainTimerOrder(
    [property: Id(0)] TimeSpan Due,
    [property: Id(1)] TimeSpan Period,
    [property: Id(2)] bool Interleave = false,
    [property: Id(3)] bool KeepAlive = false,
    [property: Id(4)] string? Gate = null,
    [property: Id(5)] bool Fails = false);
