using Orleans;

namespace Molino.Client;

/// <summary>A pool of a silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Silo">The silo.</param>
/// <param name="Kind"><c>inline</c> or <c>process</c>.</param>
/// <param name="Queues">The queues it serves; empty for all.</param>
/// <param name="Concurrency">Jobs at once.</param>
/// <param name="Running">Jobs running now.</param>
/// <param name="Lost">Slots held by handlers that ignore their stop.</param>
/// <param name="Completed">Attempts ended since the silo started.</param>
[GenerateSerializer, Immutable, Alias("client.pool.v1")]
public sealed record PoolView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Silo,
    [property: Id(2)] string Kind,
    [property: Id(3)] IReadOnlyList<string> Queues,
    [property: Id(4)] int Concurrency,
    [property: Id(5)] int Running,
    [property: Id(6)] int Lost,
    [property: Id(7)] long Completed);
