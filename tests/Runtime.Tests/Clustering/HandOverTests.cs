using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Tests.Wire;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;

namespace Molino.Runtime.Tests.Clustering;

public sealed class HandOverTests
{
    [Fact]
    public async Task silo_that_joins_takes_its_share_and_no_state_is_lost()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var keys = Enumerable.Range(0, 100).Select(i => $"g{i}").ToArray();
        await Task.WhenAll(keys.Select(key => ClusterCallTests.Grain(cluster.Silos[0], key).AddAsync(1)));

        await cluster.AddAsync();
        await cluster.SettleAsync();

        (await Task.WhenAll(keys.Select(key => ClusterCallTests.Grain(cluster.Silos[0], key).AddAsync(1)))).ShouldAllBe(count => count == 2);
        cluster.Silos[1].Silo.Catalog.AllActivations().Count.ShouldBeGreaterThan(20);
        cluster.Probe.History.ShouldContain(signal => signal.EndsWith("Migrating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task calls_under_way_while_silos_come_and_go_are_not_lost()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var keys = Enumerable.Range(0, 50).Select(i => $"g{i}").ToArray();
        using var stop = new CancellationTokenSource();
        var callers = keys.Select(key => Task.Run(async () =>
        {
            var grain = ClusterCallTests.Grain(cluster.Silos[0], key);
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                (await grain.AddAsync(1)).ShouldBe(count + 1, key);
            }

            return count;
        })).ToArray();

        var third = await cluster.AddAsync();
        await cluster.SettleAsync();
        await third.StopAsync();
        await cluster.SettleAsync(2);
        await stop.CancelAsync();

        (await Task.WhenAll(callers)).ShouldAllBe(count => count > 0);
    }

    [Fact]
    public async Task silo_that_does_not_hand_over_in_time_is_not_waited_for()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var keys = Enumerable.Range(0, 20).Select(i => $"g{i}").ToArray();
        var stuck = keys.Select(key => ClusterCallTests.Grain(cluster.Silos[0], key).WaitAsync("stuck", CancellationToken.None)).ToArray();
        await cluster.Probe.SeenAsync("at stuck", keys.Length);

        await cluster.AddAsync();
        await cluster.UntilAsync(() => cluster.Silos.All(silo => silo.Silo.Cluster!.View.Members.Length == 2));

        var moved = keys.Select(key => ClusterCallTests.Grain(cluster.Silos[1], key)).Where(grain => cluster.OwnerOf(grain) == cluster.Silos[1]).ToArray();
        moved.ShouldNotBeEmpty();
        (await Task.WhenAll(moved.Select(grain => grain.SiloAsync()))).ShouldAllBe(name => name == cluster.Silos[1].Silo.Name);
        cluster.Silos[1].Log.Entries.ShouldContain(entry => entry.EventId == 2070);
        cluster.Probe.Open("stuck");
        await Task.WhenAll(stuck);
    }

    [Fact]
    public async Task older_version_told_after_a_newer_one_does_not_take_the_hand_over_back()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var silo = cluster.Silos[0].Silo;
        var peer = silo.Cluster!.Peers.Single();
        var version = peer.HandedOver;

        silo.Cluster.OnFrame(peer.Link!, FrameType.HandedOver, Number(version + 1));
        silo.Cluster.OnFrame(peer.Link!, FrameType.HandedOver, Number(version));

        peer.HandedOver.ShouldBe(version + 1);
    }

    private static byte[] Number(long number)
    {
        using var writer = new WireWriter(Wires.Codecs);
        writer.Varint((ulong)number);
        return writer.Written.ToArray();
    }
}
