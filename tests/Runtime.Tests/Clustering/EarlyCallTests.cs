using Molino.Runtime.Clustering;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>Calls that are made while there is no connection to the silo they go to.</summary>
public sealed class EarlyCallTests
{
    private const int Bound = 100;

    [Fact]
    public async Task early_calls_are_sent_over_a_new_connection_that_is_full_already()
    {
        await using var cluster = await StartAsync();
        var grain = await ConnectionTests.GrainOfUnreachableAsync(cluster);
        var calls = Enumerable.Range(0, 3).Select(_ => grain.SiloAsync()).ToList();
        var peer = PeerOf(cluster);
        var connection = await StuckLink.OpenAsync(cluster.Silos[0], peer.Key.Name);
        connection.Link.Tag = peer;
        connection.Fill(Bound);

        peer.Attach(connection.Link);

        await connection.ReadAsync(FrameType.Request, calls.Count);
        await connection.EndAsync();
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<SiloUnavailableException>(() => call)).Message.ShouldContain("ended by the test");
        }
    }

    [Fact]
    public async Task calls_that_a_replaced_connection_did_not_send_go_over_the_one_in_its_place()
    {
        await using var cluster = await StartAsync();
        var grain = await ConnectionTests.GrainOfUnreachableAsync(cluster);
        var peer = PeerOf(cluster);
        var old = await StuckLink.OpenAsync(cluster.Silos[0], peer.Key.Name);
        var present = await StuckLink.OpenAsync(cluster.Silos[0], peer.Key.Name);
        old.Link.Tag = present.Link.Tag = peer;
        peer.Attach(old.Link);
        var calls = Enumerable.Range(0, 3).Select(_ => grain.SiloAsync()).ToList();

        peer.Attach(present.Link);
        old.Link.IsClosed.ShouldBeTrue();
        await old.EndAsync();

        await present.ReadAsync(FrameType.Request, calls.Count);
        await present.EndAsync();
        foreach (var call in calls)
        {
            await Should.ThrowAsync<SiloUnavailableException>(() => call);
        }
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(1, builder => builder
        .Configure<TransportOptions>(options => (options.SendTimeout, options.MaxWaitingMessages) = (TimeSpan.FromMinutes(1), Bound))
        .Configure<MembershipOptions>(options => (options.DeadAfter, options.HandOverTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.Zero)));

    private static Peer PeerOf(TestCluster cluster) => cluster.Silos[0].Silo.Cluster!.Peers.Single();
}
