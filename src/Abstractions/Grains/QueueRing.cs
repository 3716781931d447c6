using Orleans;

namespace Molino.Grains;

/// <summary>A doorbell: jobs have come to a queue. A hint: losing it costs at most a second.</summary>
/// <param name="DueAt">When they are due, UTC; null for now.</param>
[GenerateSerializer, Immutable, Alias("queue.ring.v1")]
public readonly record struct QueueRing([property: Id(0)] DateTimeOffset? DueAt);
