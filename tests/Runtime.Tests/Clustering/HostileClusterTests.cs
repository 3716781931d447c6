using Molino.Runtime.Hostility;
using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Tests.Wire;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>Each hostility of a cluster happens, and calls are answered all the same.</summary>
public sealed class HostileClusterTests
{
    [Fact]
    public async Task calls_are_answered_although_grains_double_leave_and_are_looked_for_in_the_wrong_silo()
    {
        await using var cluster = await TestCluster.StartAsync(3, Hostile(options => (options.MisplacementRate, options.EarlyCollectionRate, options.DoubleActivationRate) = (0.3, 0.3, 0.1)), mayBeHostile: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => ClusterCallTests.Grain(cluster.Silos[i % 3], $"h{i % 40}").EchoAsync(new Everything { Int = i })));

        answers.Select(answer => answer!.Int).ShouldBe(Enumerable.Range(0, 600));
    }

    [Fact]
    public async Task observers_expire()
    {
        await using var cluster = await TestCluster.StartAsync(1, Hostile(options => options.ObserverExpiryRate = 1), mayBeHostile: true);
        var observer = new Listener(cluster.Probe, "one");
        var reference = cluster.Silos[0].Grains.CreateObjectReference<IListener>(observer);

        (await Should.ThrowAsync<ClientNotAvailableException>(() => reference.AskAsync("q"))).Message.ShouldContain("Hostile");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task streams_are_aborted()
    {
        await using var cluster = await TestCluster.StartAsync(1, Hostile(options => options.StreamAbortRate = 1), mayBeHostile: true);

        await Should.ThrowAsync<EnumerationAbortedException>(async () =>
            await cluster.Silos[0].Grains.GetGrain<ISourceGrain>("s").CountAsync(100).WithBatchSize(1).ToListAsync());
    }

    [Fact]
    public async Task one_way_calls_to_other_silos_get_lost()
    {
        await using var cluster = await TestCluster.StartAsync(2, Hostile(options => options.DropRate = 1), mayBeHostile: true);
        var remote = ClusterCallTests.Remote(cluster);

        await remote.RingAsync("lost");
        await remote.SiloAsync();

        cluster.Probe.Count("lost").ShouldBe(0);
    }

    private static Action<ISiloBuilder> Hostile(Action<HostileOptions> configure) => builder => builder.Configure<HostileOptions>(options =>
    {
        (options.Enabled, options.DropRate, options.DelayRate, options.ReorderRate) = (true, 0, 0, 0);
        (options.DoubleActivationRate, options.EarlyCollectionRate, options.MisplacementRate) = (0, 0, 0);
        (options.ObserverExpiryRate, options.StreamAbortRate) = (0, 0);
        configure(options);
    });
}
