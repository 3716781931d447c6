using Molino.Clustering;
using Molino.Runtime.Membership;
using RuntimeDocument = Molino.Runtime.Membership.MembershipDocument;
using StoreTable = Molino.Clustering.IMembershipTable;

namespace Molino.Hosting;

/// <summary>Who is in the cluster, read from the store.</summary>
internal sealed class ClusterMembers(StoreTable table)
{
    /// <summary>The silos, by the names that they lease under.</summary>
    public async Task<IReadOnlyList<ClusterMember>> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        return stored.Version == 0 ? [] : RuntimeDocument.FromJson(stored.Content.Span).Members;
    }
}
