using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

public sealed class RemovalTests
{
    [Fact]
    public async Task silo_whose_beat_stops_is_removed_drops_all_and_joins_as_a_new_life()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        var victim = cluster.Silos[1].Silo;
        var life = victim.Local.Life;
        var before = victim.Local.Key;
        var held = ClusterCallTests.Remote(cluster);
        var call = held.WaitAsync("held", CancellationToken.None);
        await cluster.Probe.SeenAsync("at held");

        cluster.Table.Deaf.Add(victim.Name);
        await cluster.UntilAsync(() => cluster.Table.Document.Find(before) is null);
        cluster.Table.Deaf.Clear();

        await Should.ThrowAsync<SiloUnavailableException>(() => call);
        await cluster.UntilAsync(() => life.IsCancellationRequested && victim.Local.Key.Incarnation > before.Incarnation);
        await cluster.SettleAsync();
        (await held.AddAsync(1)).ShouldBe(1);
        cluster.Probe.Open("held");
    }

    [Fact]
    public async Task silo_that_was_removed_and_may_not_join_again_stops_without_waiting_for_others()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        var victim = cluster.Silos[1];
        cluster.Table.Deaf.Add(victim.Silo.Name);
        cluster.Table.Fenced.Add(victim.Silo.Name);
        await cluster.UntilAsync(() => victim.Silo.Local.Key.Incarnation < 0);

        await victim.DisposeAsync();

        victim.Log.Entries.ShouldNotContain(entry => entry.EventId == 2071, "2071: it waited for peers that no longer tell it anything");
    }

    [Fact]
    public async Task silos_agree_again_after_the_table_lost_its_last_writes()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var backup = cluster.Table.Document;
        await cluster.AddAsync();
        await cluster.SettleAsync();
        var lost = cluster.Silos[2].Silo.Local.Key;
        var version = cluster.Table.Document.Version;

        cluster.Table.GoBackTo(backup);

        await cluster.UntilAsync(() => cluster.Silos[2].Silo.Local.Key.Incarnation > lost.Incarnation);
        await cluster.SettleAsync();
        cluster.Table.Document.Version.ShouldBeGreaterThan(version);
        cluster.Silos.ShouldAllBe(silo => silo.Silo.Cluster!.View.Members.SequenceEqual(cluster.Table.Document.Members));
        (await Task.WhenAll(Enumerable.Range(0, 60).Select(i => ClusterCallTests.Grain(cluster.Silos[i % 2], $"g{i}").SiloAsync()))).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task silo_alone_goes_on_after_the_table_lost_its_last_writes()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var backup = cluster.Table.Document;
        var second = await cluster.AddAsync();
        await cluster.SettleAsync();
        await second.StopAsync();
        await cluster.UntilAsync(() => cluster.Silos[0].Silo.Cluster!.View.Members.Length == 1);
        var version = cluster.Silos[0].Silo.Cluster!.View.Version;

        cluster.Table.GoBackTo(backup);

        await cluster.UntilAsync(() => cluster.Table.Document.Version >= version && cluster.Silos[0].Log.Entries.Any(entry => entry.EventId == 2056));
        await cluster.AddAsync();
        await cluster.SettleAsync(2);
        cluster.Running.ShouldAllBe(silo => silo.Silo.Cluster!.View.Members.SequenceEqual(cluster.Table.Document.Members));
        cluster.Table.Document.LastIncarnation.ShouldBe(3);
    }

    [Fact]
    public async Task table_that_is_silent_removes_nobody_and_stops_writes_until_it_answers()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var version = cluster.Table.Document.Version;
        var grain = ClusterCallTests.Remote(cluster);
        (await grain.AddAsync(1)).ShouldBe(1);

        cluster.Table.IsSilent = true;
        await cluster.UntilAsync(() => cluster.Silos.All(silo => !silo.Silo.Local.MayWrite));
        await Task.Delay(TimeSpan.FromSeconds(2));
        var refused = await Should.ThrowAsync<SiloUnavailableException>(() => grain.AddAsync(1));
        cluster.Table.IsSilent = false;
        await cluster.UntilAsync(() => cluster.Silos.All(silo => silo.Silo.Local.MayWrite));

        refused.Message.ShouldContain("membership table");
        cluster.Table.Document.Version.ShouldBe(version);
    }
}
