using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Tests.Clustering;

public sealed class ObserverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task observer_is_called_back_from_wherever_the_grain_is(int silos)
    {
        await using var cluster = await TestCluster.StartAsync(silos);
        var observer = new Listener(cluster.Probe, "one");
        var reference = cluster.Silos[0].Grains.CreateObjectReference<IListener>(observer);
        var publisher = Publisher(cluster, silos - 1);

        await publisher.SubscribeAsync(reference);
        await publisher.PublishAsync("a");
        await publisher.PublishAsync("b");

        await cluster.Probe.SeenAsync("one heard b");
        cluster.Probe.History.Where(h => h.StartsWith("one", StringComparison.Ordinal)).ShouldBe(["one heard a", "one heard b"]);
        (await publisher.AskAsync("why")).ShouldBe("one says why");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task deleted_observer_is_not_called()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var observer = new Listener(cluster.Probe, "one");
        var reference = cluster.Silos[0].Grains.CreateObjectReference<IListener>(observer);
        var publisher = Publisher(cluster, 1);
        await publisher.SubscribeAsync(reference);

        cluster.Silos[0].Grains.DeleteObjectReference<IListener>(reference);

        (await Should.ThrowAsync<ClientNotAvailableException>(() => publisher.AskAsync("x"))).Message.ShouldContain("gone");
    }

    [Fact]
    public async Task object_passed_instead_of_its_reference_is_named_in_the_error()
    {
        await using var cluster = await TestCluster.StartAsync(2);

        (await Should.ThrowAsync<SerializerException>(() => Publisher(cluster, 1).SubscribeAsync(new Listener(cluster.Probe, "raw")))).Message.ShouldContain("CreateObjectReference");
    }

    internal static IPublisherGrain Publisher(TestCluster cluster, int silo) =>
        Enumerable.Range(0, int.MaxValue).Select(i => cluster.Silos[0].Grains.GetGrain<IPublisherGrain>($"p{i}")).First(grain => cluster.OwnerOf(grain) == cluster.Silos[silo]);
}
