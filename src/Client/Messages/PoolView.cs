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
public sealed record PoolView(string Name, string Silo, string Kind, IReadOnlyList<string> Queues, int Concurrency, int Running, int Lost, long Completed);
