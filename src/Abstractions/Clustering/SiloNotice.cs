namespace Molino.Clustering;

/// <summary>What a silo put up.</summary>
/// <param name="Silo">The silo's name with its incarnation.</param>
/// <param name="Report">What it said, in the silos' own form.</param>
/// <param name="Age">How long ago, by the store's clock.</param>
/// <param name="Removed">Whether the cluster removed the silo.</param>
public sealed record SiloNotice(string Silo, ReadOnlyMemory<byte> Report, TimeSpan Age, bool Removed);
