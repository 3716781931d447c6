using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Tests.Wire;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>Calls between silos of one process, over real TCP.</summary>
public sealed class ClusterCallTests
{
    [Fact]
    public async Task grains_spread_over_all_silos_and_each_is_in_one()
    {
        await using var cluster = await TestCluster.StartAsync(3);

        foreach (var key in Enumerable.Range(0, 60).Select(i => $"g{i}"))
        {
            var answers = await Task.WhenAll(cluster.Silos.Select(silo => Grain(silo, key).SiloAsync()));
            answers.Distinct().Count().ShouldBe(1, key);
            answers[0].ShouldBe(cluster.OwnerOf(Grain(cluster.Silos[0], key)).Silo.Name);
        }

        cluster.Silos.ShouldAllBe(silo => silo.Silo.Catalog.AllActivations().Count > 5);
    }

    [Fact]
    public async Task messages_come_back_as_they_were()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var message = new Everything { Text = "æ", Numbers = [1, 2], Shape = new Shape.Circle("c", 1), Anything = new List<string> { "x" }, Bytes = new byte[100_000] };

        var back = await Remote(cluster).EchoAsync(message);

        back!.Text.ShouldBe("æ");
        back.Numbers.ShouldBe([1, 2]);
        back.Shape.ShouldBe(message.Shape);
        back.Anything.ShouldBeOfType<List<string>>().ShouldBe(["x"]);
        back.Bytes.Length.ShouldBe(100_000);
        (await Remote(cluster).EchoAsync(null)).ShouldBeNull();
    }

    [Fact]
    public async Task errors_keep_type_members_message_and_remote_stack()
    {
        await using var cluster = await TestCluster.StartAsync(2);

        var error = await Should.ThrowAsync<CodedException>(() => Remote(cluster).FailAsync("what"));

        error.Message.ShouldBe("what");
        error.Code.ShouldBe("code");
        error.StackTrace!.ShouldContain(nameof(MemberGrain));
    }

    [Fact]
    public async Task references_travel_and_work_at_the_other_end()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var (near, far) = (Local(cluster), Remote(cluster));

        (await far.AskAsync(near)).ShouldBe(cluster.Silos[0].Silo.Name);
        (await near.AskAsync(far)).ShouldBe(cluster.Silos[1].Silo.Name);
    }

    [Fact]
    public async Task request_context_flows_to_the_other_silo()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        RequestContext.Set("tenant", new List<string> { "blue" });

        (await Remote(cluster).ContextAsync("tenant")).ShouldBeOfType<List<string>>().ShouldBe(["blue"]);
    }

    [Fact]
    public async Task one_way_calls_arrive()
    {
        await using var cluster = await TestCluster.StartAsync(2);

        await Remote(cluster).RingAsync("rung");

        await cluster.Probe.SeenAsync("rung");
    }

    [Fact]
    public async Task cancellation_reaches_the_other_silo()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        using var source = new CancellationTokenSource();
        var call = Remote(cluster).WaitAsync("gate", source.Token);
        await cluster.Probe.SeenAsync("at gate");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await cluster.Probe.SeenAsync("cancelled gate");
        cluster.Silos.ShouldAllBe(silo => silo.Silo.Calls.Outstanding == 0);
    }

    [Fact]
    public async Task call_cancelled_before_its_turn_is_forgotten_by_the_other_silo()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        using var source = new CancellationTokenSource();
        var calls = cluster.Silos[1].Silo.Calls;
        var first = Remote(cluster).WaitAsync("gate", CancellationToken.None);
        await cluster.Probe.SeenAsync("at gate");
        var second = Remote(cluster).WaitAsync("another gate", source.Token);
        await cluster.UntilAsync(() => calls.Outstanding == 2);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await cluster.UntilAsync(() => calls.Outstanding == 1);
        cluster.Probe.Open("gate");
        await first;
        cluster.Probe.Count("at another gate").ShouldBe(0);
    }

    [Fact]
    public async Task message_over_the_limit_fails_its_own_call_and_no_other()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var remote = Remote(cluster);

        (await Should.ThrowAsync<SerializerException>(() => remote.EchoAsync(new Everything { Bytes = new byte[17 * 1024 * 1024] }))).Message.ShouldContain("MaxFrameBytes");

        (await remote.SiloAsync()).ShouldBe(cluster.Silos[1].Silo.Name);
    }

    [Fact]
    public async Task many_calls_at_once_all_get_their_own_answers()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        var grains = Enumerable.Range(0, 200).Select(i => Grain(cluster.Silos[i % 3], $"m{i}")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => grains[i % grains.Length].EchoAsync(new Everything { Int = i })));

        answers.Select(answer => answer!.Int).ShouldBe(Enumerable.Range(0, 5_000));
    }

    [Fact]
    public async Task pending_calls_of_a_broken_connection_fail_at_once_and_the_next_get_through()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var remote = Remote(cluster);
        var call = remote.WaitAsync("gate", CancellationToken.None);
        await cluster.Probe.SeenAsync("at gate");

        cluster.Silos[0].Silo.Cluster!.Peers.Single().Link!.Close(new IOException("broken by the test"));

        (await Should.ThrowAsync<SiloUnavailableException>(() => call)).Message.ShouldContain("broken by the test");
        cluster.Probe.Open("gate");
        (await remote.SiloAsync()).ShouldBe(cluster.Silos[1].Silo.Name);
    }

    internal static IMemberGrain Grain(TestSilo silo, string key) => silo.Grains.GetGrain<IMemberGrain>(key);

    /// <summary>A grain of the first silo, called from there.</summary>
    internal static IMemberGrain Local(TestCluster cluster, int index = 0) => Placed(cluster, 0, index);

    /// <summary>A grain of the second silo, called from the first.</summary>
    internal static IMemberGrain Remote(TestCluster cluster, int index = 0) => Placed(cluster, 1, index);

    private static IMemberGrain Placed(TestCluster cluster, int silo, int index) =>
        Enumerable.Range(0, int.MaxValue).Select(i => Grain(cluster.Silos[0], $"key-{i}"))
            .Where(grain => ReferenceEquals(cluster.OwnerOf(grain), cluster.Silos[silo])).Skip(index).First();
}
