namespace Molino.Runtime.Membership;

/// <summary>The changes of the document, each as a function of the one before.</summary>
internal static class MembershipChange
{
    /// <summary>
    /// Adds a silo with a new incarnation. An older life under the same name is removed: a name has one silo. So is a silo at the same address: whoever
    /// listens there now took the port from a dead one, whose work need not wait until its beat is missed.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The name.</param>
    /// <param name="address">Where other silos connect.</param>
    /// <param name="gateway">Where clients connect.</param>
    /// <returns>The new document.</returns>
    public static MembershipDocument Join(MembershipDocument document, string name, string address, string gateway)
    {
        var incarnation = document.LastIncarnation + 1;
        return document with
        {
            Version = document.Version + 1,
            LastIncarnation = incarnation,
            Members = [.. document.Members.Where(member => member.Name != name && member.Address != address), new ClusterMember(name, incarnation, address, gateway, MemberStatus.Active)],
        };
    }

    /// <summary>Marks a silo as leaving.</summary>
    /// <param name="document">The document.</param>
    /// <param name="silo">The silo.</param>
    /// <returns>The new document, or the same when there is nothing to change.</returns>
    public static MembershipDocument StartLeaving(MembershipDocument document, SiloKey silo) =>
        document.Find(silo) is { Status: MemberStatus.Active } member
            ? document with { Version = document.Version + 1, Members = document.Members.Replace(member, member with { Status = MemberStatus.Leaving }) }
            : document;

    /// <summary>Removes silos.</summary>
    /// <param name="document">The document.</param>
    /// <param name="silos">The silos.</param>
    /// <returns>The new document, or the same when there is nothing to change.</returns>
    public static MembershipDocument Remove(MembershipDocument document, IReadOnlyCollection<SiloKey> silos)
    {
        var left = document.Members.RemoveAll(member => silos.Contains(member.Key));
        return left.Length == document.Members.Length ? document : document with { Version = document.Version + 1, Members = left };
    }

    /// <summary>
    /// Tells whether the table has lost writes that a silo has seen, as after a fail-over or a restored backup: its version is older, or the same with
    /// other members, because the lost version was written a second time.
    /// </summary>
    /// <param name="document">What the table holds.</param>
    /// <param name="seen">What was seen before it was read.</param>
    /// <returns>True when it has.</returns>
    public static bool IsBehind(MembershipDocument document, MembershipDocument seen) =>
        document.Version < seen.Version || (document.Version == seen.Version && !document.Members.SequenceEqual(seen.Members));

    /// <summary>Brings a document that is behind one version forward. Its incarnations go on after those seen, so that no two lives have the same.</summary>
    /// <param name="document">What the table holds.</param>
    /// <param name="seen">What was seen before.</param>
    /// <returns>The new document, with the members of the table.</returns>
    public static MembershipDocument CatchUp(MembershipDocument document, MembershipDocument seen) =>
        document with { Version = document.Version + 1, LastIncarnation = Math.Max(document.LastIncarnation, seen.LastIncarnation) };
}
