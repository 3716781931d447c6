using Molino.Core;
using Molino.Runtime.Membership;
using Molino.Storage;
using RuntimeDocument = Molino.Runtime.Membership.MembershipDocument;
using RuntimeTable = Molino.Runtime.Membership.IMembershipTable;
using StoreTable = Molino.Clustering.IMembershipTable;

namespace Molino.Hosting;

/// <summary>The runtime's membership table in Molino's store. A silo's name there is this start of it, so that beats and the store's fence speak of the same life.</summary>
internal sealed class StoreMembershipTable(StoreTable table) : RuntimeTable
{
    private static readonly MembershipSnapshot Removed = new(RuntimeDocument.Empty, new Dictionary<SiloKey, long>());

    public async Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadStoredAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error) when (error.Code == ErrorCodes.SiloRemoved)
        {
            return Removed; // the store does not even let this silo connect: it sees itself gone
        }
    }

    public Task<bool> TryWriteAsync(RuntimeDocument document, long expectedVersion, CancellationToken cancellationToken) =>
        table.TryWriteAsync(expectedVersion, document.ToJson(), cancellationToken);

    public async Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken)
    {
        try
        {
            await table.BeatAsync(counter, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error) when (error.Code == ErrorCodes.SiloRemoved)
        {
            return; // an answer, not an outage: the read that follows shows the removal
        }
    }

    private async Task<MembershipSnapshot> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var reading = ClusterMembers.ReadDocumentAsync(table, cancellationToken); // both at once, so that a look is one round trip
        var beats = table.ReadBeatsAsync(cancellationToken);
        await Task.WhenAll(reading, beats).ConfigureAwait(false);
        var document = await reading.ConfigureAwait(false);
        var numbers = (await beats.ConfigureAwait(false)).ToDictionary(beat => beat.Silo, beat => beat.Number, StringComparer.Ordinal);
        return new MembershipSnapshot(
            document,
            document.Members.Where(member => numbers.ContainsKey(member.Name)).ToDictionary(member => member.Key, member => numbers[member.Name]));
    }
}
