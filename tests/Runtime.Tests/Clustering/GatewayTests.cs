using Molino.Runtime.Tests.Wire;
using Molino.Runtime.Transport;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

public sealed class GatewayTests
{
    [Fact]
    public async Task client_calls_grains_of_all_silos_through_its_gateway()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await using var client = await TestClient.StartAsync(cluster);

        var names = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => client.Grains.GetGrain<IMemberGrain>($"g{i}").SiloAsync()));

        names.Distinct().Count().ShouldBe(3);
        (await Should.ThrowAsync<CodedException>(() => client.Grains.GetGrain<IMemberGrain>("x").FailAsync("m"))).Code.ShouldBe("code");
    }

    [Fact]
    public async Task observer_of_a_client_is_called_back_from_any_silo()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var client = await TestClient.StartAsync(cluster);
        var observer = new Listener(cluster.Probe, "client");
        var reference = client.Grains.CreateObjectReference<IListener>(observer);

        foreach (var silo in new[] { 0, 1 })
        {
            var publisher = client.Grains.GetGrain<IPublisherGrain>(ObserverTests.Publisher(cluster, silo).GetPrimaryKeyString());
            await publisher.SubscribeAsync(reference);
            await publisher.PublishAsync($"from {silo}");
            await cluster.Probe.SeenAsync($"client heard from {silo}");
            (await publisher.AskAsync("q")).ShouldBe("client says q");
        }

        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task cancellation_reaches_the_observer_of_a_client()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var client = await TestClient.StartAsync(cluster);
        using var source = new CancellationTokenSource();
        var observer = new Listener(cluster.Probe, "client");
        var publisher = client.Grains.GetGrain<IPublisherGrain>(ObserverTests.Publisher(cluster, 1).GetPrimaryKeyString());
        await publisher.SubscribeAsync(client.Grains.CreateObjectReference<IListener>(observer));
        var call = publisher.HoldAsync("hold", source.Token);
        await cluster.Probe.SeenAsync("at hold");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await cluster.Probe.SeenAsync("cancelled hold");
        await cluster.UntilAsync(() => cluster.Silos.All(silo => silo.Silo.Calls.Outstanding == 0));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task client_goes_to_the_next_gateway_when_its_own_stops_and_keeps_its_observers()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var client = await TestClient.StartAsync(cluster, silo: 1);
        var observer = new Listener(cluster.Probe, "client");
        var reference = client.Grains.CreateObjectReference<IListener>(observer);
        client.Gateway.ShouldBe(cluster.Silos[1].Silo.Name);
        var publisher = client.Grains.GetGrain<IPublisherGrain>("p");

        await cluster.Silos[1].StopAsync();
        await cluster.UntilAsync(() => client.Gateway == cluster.Silos[0].Silo.Name);

        await publisher.SubscribeAsync(reference);
        (await publisher.AskAsync("q")).ShouldBe("client says q");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task observer_of_a_client_that_left_is_not_available()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var publisher = cluster.Silos[0].Grains.GetGrain<IPublisherGrain>("p");
        await using (var client = await TestClient.StartAsync(cluster))
        {
            var reference = client.Grains.CreateObjectReference<IListener>(new Listener(cluster.Probe, "client"));
            await client.Grains.GetGrain<IPublisherGrain>("p").SubscribeAsync(reference);
        }

        await cluster.UntilAsync(() => cluster.Silos[0].Silo.Cluster!.Clients.Count == 0);
        await Should.ThrowAsync<ClientNotAvailableException>(() => publisher.AskAsync("q"));
    }

    [Fact]
    public async Task client_goes_to_a_gateway_that_joined_after_it_connected()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        await using var client = await TestClient.StartAsync(cluster);
        await cluster.AddAsync();
        await cluster.SettleAsync();

        await cluster.Silos[0].StopAsync();
        await cluster.UntilAsync(() => client.Gateway == cluster.Silos[1].Silo.Name);

        (await client.Grains.GetGrain<IMemberGrain>("g").SiloAsync()).ShouldBe(cluster.Silos[1].Silo.Name);
    }

    [Fact]
    public async Task stopping_gateway_answers_what_is_under_way_and_sends_its_client_on()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var client = await TestClient.StartAsync(cluster, silo: 1);
        var grain = Enumerable.Range(0, 100).Select(i => client.Grains.GetGrain<IMemberGrain>($"g{i}")).First(grain => cluster.OwnerOf(grain) == cluster.Silos[0]);
        var underWay = grain.WaitAsync("oven", CancellationToken.None);
        await cluster.UntilAsync(() => cluster.Silos[0].Silo.HasCallsOfOthers);

        var stopping = cluster.Silos[1].StopAsync();
        await cluster.UntilAsync(() => client.Gateway == cluster.Silos[0].Silo.Name);
        stopping.IsCompleted.ShouldBeFalse();
        (await client.Grains.GetGrain<IMemberGrain>("other").SiloAsync()).ShouldNotBeNullOrEmpty();
        cluster.Probe.Open("oven");

        await underWay.WaitAsync(TimeSpan.FromSeconds(30));
        await stopping;
    }

    [Fact]
    public async Task client_that_no_gateway_will_ever_take_does_not_start()
    {
        await using var cluster = await TestCluster.StartAsync(1);

        (await Should.ThrowAsync<HandshakeException>(() => TestClient.StartAsync(cluster, secret: "another"))).Refusal.ShouldBe(HandshakeRefusal.WrongSecret);
    }

    [Fact]
    public async Task gateway_tells_a_new_client_of_the_gateways_and_no_other()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var clients = cluster.Silos[0].Silo.Cluster!.Clients;
        var first = await StuckLink.OpenAsync(cluster.Silos[0], "first", isClient: true);
        var second = await StuckLink.OpenAsync(cluster.Silos[0], "second", isClient: true);

        clients.Attach(first.Link);
        clients.Attach(second.Link);
        clients.SendAway();

        (await first.ReadAsync(FrameType.Leave, 1)).Count(type => type == FrameType.Gateways).ShouldBe(1);
        (await second.ReadAsync(FrameType.Leave, 1)).Count(type => type == FrameType.Gateways).ShouldBe(1);
        clients.Detach(first.Link);
        clients.Detach(second.Link);
        await first.EndAsync();
        await second.EndAsync();
    }

    [Fact]
    public async Task client_that_does_not_read_its_answers_is_not_read_from_until_it_does()
    {
        const int Bound = 100;
        await using var cluster = await TestCluster.StartAsync(1, builder => builder.Configure<TransportOptions>(options => options.MaxWaitingMessages = Bound));
        var client = await StuckLink.OpenAsync(cluster.Silos[0], "client", isClient: true);
        var running = client.Link.RunAsync();
        await client.SendAsync();
        client.Fill(Bound);
        await client.SendAsync(); // the read that was under way already

        var next = client.SendAsync();
        next.IsCompleted.ShouldBeFalse();
        await client.ReadAsync(FrameType.KeepAlive, Bound + 1);

        await next.WaitAsync(TimeSpan.FromSeconds(20));
        client.Link.Close(new IOException("ended by the test"));
        await running;
    }
}
