namespace Molino.Execution;

/// <summary>What a pool is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>inline</c> or <c>process</c>.</param>
/// <param name="Queues">The queues it serves; empty for all.</param>
/// <param name="Concurrency">Slots.</param>
/// <param name="Running">Attempts running.</param>
/// <param name="Lost">Slots held by abandoned handlers.</param>
/// <param name="Completed">Attempts ended since the start.</param>
/// <param name="Stalled">Whether the store refused its last pull.</param>
public sealed record PoolSnapshot(string Name, string Kind, IReadOnlyList<string> Queues, int Concurrency, int Running, int Lost, long Completed, bool Stalled);
