using Orleans;
using Orleans.Runtime;

namespace Molino.Hosting;

/// <summary>Who is in the cluster, read from Orleans' table: whoever joined and was not declared dead.</summary>
internal sealed class OrleansMembers(IMembershipTable table) : IClusterMembers
{
    public async Task<IReadOnlyList<SiloMember>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await table.ReadAll().WaitAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Members.Select(row => row.Item1).Where(row => row.Status != Orleans.Runtime.SiloStatus.Dead)
                .Select(row => new SiloMember(row.SiloName, row.SiloAddress.Endpoint.ToString())),
        ];
    }
}
