using Molino.Client;

namespace Molino.Hosting;

/// <summary>What a silo puts up for operators.</summary>
/// <param name="Silo">The silo, as it sees itself.</param>
/// <param name="Pools">Its pools.</param>
/// <param name="Obeyed">Number of the last order that it took; 0 for none.</param>
internal sealed record SiloReport(SiloView Silo, IReadOnlyList<PoolView> Pools, long Obeyed);
