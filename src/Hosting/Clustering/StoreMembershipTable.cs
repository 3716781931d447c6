using Molino.Clustering;
using Molino.Runtime.Membership;
using RuntimeDocument = Molino.Runtime.Membership.MembershipDocument;
using RuntimeTable = Molino.Runtime.Membership.IMembershipTable;
using StoreTable = Molino.Clustering.IMembershipTable;

namespace Molino.Hosting;

/// <summary>The runtime's membership table in Molino's store. A silo's name there is this start of it, so that beats and the store's fence speak of the same life.</summary>
internal sealed class StoreMembershipTable(StoreTable table) : RuntimeTable
{
    public async Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        var document = stored.Version == 0 ? RuntimeDocument.Empty : RuntimeDocument.FromJson(stored.Content.Span);
        var numbers = (await table.ReadBeatsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(beat => beat.Silo, beat => beat.Number, StringComparer.Ordinal);
        return new MembershipSnapshot(
            document,
            document.Members.Where(member => numbers.ContainsKey(member.Name)).ToDictionary(member => member.Key, member => numbers[member.Name]));
    }

    public Task<bool> TryWriteAsync(RuntimeDocument document, long expectedVersion, CancellationToken cancellationToken) =>
        table.TryWriteAsync(expectedVersion, document.ToJson(), cancellationToken);

    public Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken) => table.BeatAsync(counter, cancellationToken);
}
