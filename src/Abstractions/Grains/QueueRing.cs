using Orleans;

namespace Molino.Grains;

/// <summary>A ring of a queue's bell: jobs have come. A hint: losing it costs at most a second.</summary>
/// <param name="Others">How many further shards it may be passed on to while nobody listens; 0 in a queue of one shard.</param>
[GenerateSerializer, Immutable, Alias("queue.ring.v1")]
public readonly record struct QueueRing([property: Id(0)] int Others);
