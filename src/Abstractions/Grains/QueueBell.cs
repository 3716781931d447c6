using Orleans;

namespace Molino.Grains;

/// <summary>What a listening pool hears from a queue.</summary>
/// <param name="Version">Counts the rings; give it back to the next listen so that no ring is missed.</param>
/// <param name="Rung">Whether there was a ring since the version given; false when the wait was over.</param>
[GenerateSerializer, Immutable, Alias("queue.bell.v1")]
public readonly record struct QueueBell([property: Id(0)] long Version, [property: Id(1)] bool Rung);
