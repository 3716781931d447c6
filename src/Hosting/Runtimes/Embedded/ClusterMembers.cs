using Molino.Runtime.Membership;
using RuntimeDocument = Molino.Runtime.Membership.MembershipDocument;
using StoreTable = Molino.Clustering.IMembershipTable;

namespace Molino.Hosting;

/// <summary>Who is in the cluster, read from the store.</summary>
internal sealed class ClusterMembers(StoreTable table) : IClusterMembers
{
    public async Task<IReadOnlyList<SiloMember>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await ReadDocumentAsync(table, cancellationToken).ConfigureAwait(false)).Members.Select(member => new SiloMember(member.Name, member.Address))];

    /// <summary>The whole document; the empty one before the first silo has joined.</summary>
    public static async Task<RuntimeDocument> ReadDocumentAsync(StoreTable table, CancellationToken cancellationToken)
    {
        var stored = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        return stored.Version == 0 ? RuntimeDocument.Empty : RuntimeDocument.FromJson(stored.Content.Span);
    }
}
