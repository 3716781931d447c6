using System.Collections.Immutable;
using Molino.Runtime.Membership;
using Molino.Runtime.Placement;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Membership;

public sealed class PlacementTests
{
    [Fact]
    public void slots_and_hashes_are_pinned_since_all_releases_must_agree()
    {
        Slot.Of(GrainId.Create("queue", "default")).ShouldBe(Pinned.Default);
        Slot.Of(GrainId.Create("job", "0123")).ShouldBe(Pinned.Job);
        GrainId.Create("queue", "default").GetUniformHashCode().ShouldBe(Pinned.Hash);
    }

    [Fact]
    public void slots_are_shared_out_evenly()
    {
        var owners = Rendezvous.Assign(Silos(4));

        owners.GroupBy(owner => owner!.Name).ShouldAllBe(share => share.Count() > 180 && share.Count() < 340);
        owners.GroupBy(owner => owner!.Name).Count().ShouldBe(4);
    }

    [Fact]
    public void grains_are_spread_over_the_slots()
    {
        var slots = Enumerable.Range(0, 100_000).GroupBy(i => Slot.Of(GrainId.Create("job", $"{i}"))).Select(group => group.Count()).ToList();

        slots.Count.ShouldBe(Slot.Count);
        slots.Max().ShouldBeLessThan(200);
    }

    [Fact]
    public void silo_that_comes_moves_only_slots_to_itself()
    {
        var before = Rendezvous.Assign(Silos(4));
        var after = Rendezvous.Assign(Silos(5));

        for (var slot = 0; slot < Slot.Count; slot++)
        {
            (after[slot] == before[slot] || after[slot]!.Name == "s4").ShouldBeTrue();
        }
    }

    [Fact]
    public void leaving_silos_own_nothing()
    {
        var members = Silos(2);
        var view = new ClusterView(new MembershipDocument(1, 2, [members[0], members[1] with { Status = MemberStatus.Leaving }]));

        Enumerable.Range(0, Slot.Count).ShouldAllBe(slot => view.OwnerOf(slot) == members[0]);
    }

    private static ImmutableArray<ClusterMember> Silos(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ClusterMember($"s{i}", i + 1, $"h:{i}", $"h:{i}", MemberStatus.Active))];

    private static class Pinned
    {
        public const int Default = 911;
        public const int Job = 238;
        public const uint Hash = 3824622420;
    }
}
