namespace Molino.Grains;

/// <summary>What dispatch takes from a queue's configuration (<c>Queues:&lt;name&gt;</c>). All silos of a cluster should have the same.</summary>
/// <param name="Aging">A waiting job gains one priority for each such span (promise P5); null for strict priorities. Default null.</param>
/// <param name="Shards">How many grains share the queue's bell, 1 to 64. Default 1. The order of jobs is the store's and does not depend on it.</param>
public sealed record QueueOptions(TimeSpan? Aging = null, int Shards = 1);
