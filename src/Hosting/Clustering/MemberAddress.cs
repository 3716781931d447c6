using Molino.Execution;

namespace Molino.Hosting;

/// <summary>This silo's address, as the cluster's document has it.</summary>
internal sealed class MemberAddress(IClusterMembers members, SiloInfo self) : ISiloAddressSource
{
    public async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        (await members.ReadAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(member => member.Name == self.Id)?.Address;
}
