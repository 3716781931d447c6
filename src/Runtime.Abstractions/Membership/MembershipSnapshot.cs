namespace Molino.Runtime.Membership;

/// <summary>What one read of the table returns.</summary>
/// <param name="Document">The document; <see cref="MembershipDocument.Empty"/> when there is none.</param>
/// <param name="Beats">The last beat of each silo that has beaten. Entries of silos that are gone may linger.</param>
public sealed record MembershipSnapshot(MembershipDocument Document, IReadOnlyDictionary<SiloKey, long> Beats);
