namespace Molino.Clustering;

/// <summary>The cluster's view as stored: one document, changed only from a known version.</summary>
/// <param name="Version">Counts the changes, from 1; 0 when there is no document yet.</param>
/// <param name="Content">The view, in the cluster's own form; empty when there is none.</param>
public sealed record MembershipDocument(long Version, ReadOnlyMemory<byte> Content)
{
    /// <summary>What is read before the first change.</summary>
    public static MembershipDocument None { get; } = new(0, default);
}
