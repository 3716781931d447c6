using System.Net;
using Microsoft.Extensions.Options;
using Molino.Runtime.Gateways;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Clustering;

/// <summary>Takes this silo into the cluster and out of it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="connector">The connections.</param>
/// <param name="gateway">The clients.</param>
/// <param name="table">Who is in the cluster already.</param>
internal sealed class ClusterLife(Cluster cluster, PeerConnector connector, Gateway gateway, IMembershipTable table)
{
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestGiveUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(3);

    /// <summary>Listens and joins.</summary>
    /// <param name="cancellationToken">Ends trying.</param>
    /// <returns>A task.</returns>
    /// <exception cref="HandshakeException">A member has another cluster id, secret or version: this silo would own grains that nobody can reach.</exception>
    /// <exception cref="OptionsValidationException">The addresses of the configuration cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoints = cluster.Settings.Endpoints;
        IPAddress?[] addresses = [endpoints.AdvertisedIPAddress, endpoints.SiloListeningEndpoint?.Address, endpoints.GatewayListeningEndpoint?.Address];
        if (addresses.FirstOrDefault(address => address is not null && !IPAddress.IsLoopback(address)) is { } beyond && string.IsNullOrEmpty(cluster.Transport.Secret))
        {
            throw new OptionsValidationException(
                nameof(TransportOptions), typeof(TransportOptions), [$"The silo is to be reached at {beyond}, beyond loopback: set {nameof(TransportOptions)}.{nameof(TransportOptions.Secret)} (Cluster:Secret), the same for all."]);
        }

        cluster.Silo.Cluster = cluster;
        var (silo, gateway) = await connector.ListenAsync(cancellationToken);
        await CheckAsync(silo, cancellationToken);
        await cluster.Membership.JoinAsync(cluster, silo, gateway, cancellationToken);
    }

    private async Task CheckAsync(string address, CancellationToken cancellationToken)
    {
        var members = (await table.ReadAsync(cancellationToken)).Document.Members.Where(member => member.Address != address);
        foreach (var refusal in await Task.WhenAll(members.Select(member => connector.AskAsync(member, LongestAsking))))
        {
            if (refusal is not null)
            {
                throw refusal;
            }
        }
    }

    /// <summary>Gives all slots to the others, while this silo still forwards and answers.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        if (cluster.Membership.Key.Incarnation < 0)
        {
            return; // removed: it owns no slot, and no other silo will tell it anything
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(LongestGiveUp);
        try
        {
            await gateway.SendAwayAsync(timeout.Token);
            await cluster.Membership.StartLeavingAsync(timeout.Token);
            var version = cluster.View.Version;
            await cluster.HandOver.WhenDoneAsync(version).WaitAsync(timeout.Token);

            // Calls that others sent by an older view come before they tell of the new one; they are sent on, and their answers come back through here.
            while (cluster.Peers.Any(peer => peer.HandedOver < version) || cluster.Silo.HasCallsOfOthers || cluster.Peers.Any(peer => peer.Link is { IsIdle: false }))
            {
                await Task.Delay(LookPeriod, cluster.Time, timeout.Token);
            }
        }
#pragma warning disable CA1031 // A store that does not answer must not keep the silo from stopping.
        catch (Exception error)
#pragma warning restore CA1031
        {
            cluster.Log.LeftInDisorder(error, cluster.Membership.Key);
        }
    }

    /// <summary>Leaves, and ends all connections.</summary>
    /// <returns>A task.</returns>
    public async Task StopAsync()
    {
        using var timeout = new CancellationTokenSource(LongestLeave);
        try
        {
            await cluster.Membership.LeaveAsync(timeout.Token);
        }
#pragma warning disable CA1031 // As above; the others will find this silo dead.
        catch (Exception error)
#pragma warning restore CA1031
        {
            cluster.Log.LeftInDisorder(error, cluster.Membership.Key);
        }

        await connector.DisposeAsync();
    }
}
