using Molino.Client;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>All silos, as one of them sees them.</summary>
/// <param name="Silos">The silos; the one that looks goes first.</param>
/// <param name="Pools">The pools of those that are not dead.</param>
/// <param name="Obeyed">Number of the last order that each took, by id.</param>
/// <param name="Problem">Why the store could not be asked; null when it answered. The others are shown as they were then.</param>
internal sealed record SightOfSilos(
    IReadOnlyList<SiloView> Silos,
    IReadOnlyList<PoolView> Pools,
    IReadOnlyDictionary<string, long> Obeyed,
    StoreException? Problem);
