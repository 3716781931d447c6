using Molino.Runtime.Membership;
using RuntimeDocument = Molino.Runtime.Membership.MembershipDocument;
using StoreTable = Molino.Clustering.IMembershipTable;

namespace Molino.Hosting;

/// <summary>Who is in the cluster, read from the store.</summary>
internal sealed class ClusterMembers(StoreTable table)
{
    /// <summary>The silos, by the names that they lease under.</summary>
    public async Task<IReadOnlyList<ClusterMember>> ReadAsync(CancellationToken cancellationToken) =>
        (await ReadDocumentAsync(table, cancellationToken).ConfigureAwait(false)).Members;

    /// <summary>The whole document; the empty one before the first silo has joined.</summary>
    public static async Task<RuntimeDocument> ReadDocumentAsync(StoreTable table, CancellationToken cancellationToken)
    {
        var stored = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        return stored.Version == 0 ? RuntimeDocument.Empty : RuntimeDocument.FromJson(stored.Content.Span);
    }
}
