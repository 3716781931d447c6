using System.Collections.Immutable;
using Molino.Runtime.Placement;

namespace Molino.Runtime.Membership;

/// <summary>One version of the membership document with the owner of each slot. Never changes.</summary>
internal sealed class ClusterView
{
    private readonly ClusterMember?[] _owners;

    public ClusterView(MembershipDocument document)
    {
        Document = document;
        var active = document.Members.Where(member => member.Status == MemberStatus.Active).ToImmutableArray();
        _owners = Rendezvous.Assign(active);
    }

    /// <summary>Gets the view of a silo that has not joined.</summary>
    public static ClusterView None { get; } = new(MembershipDocument.Empty);

    /// <summary>Gets the document.</summary>
    public MembershipDocument Document { get; }

    /// <summary>Gets the version.</summary>
    public long Version => Document.Version;

    /// <summary>Gets the members.</summary>
    public ImmutableArray<ClusterMember> Members => Document.Members;

    /// <summary>Returns who owns a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>The owner, or null when no silo is active.</returns>
    public ClusterMember? OwnerOf(int slot) => _owners[slot];

    /// <summary>Tells whether a silo owns a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="silo">The silo.</param>
    /// <returns>True when it does.</returns>
    public bool Owns(int slot, SiloKey silo) => _owners[slot] is { } owner && owner.Key == silo;
}
