using System.Collections.Concurrent;
using Molino.Runtime.Activations;
using Molino.Runtime.Clustering;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;
using Orleans.Runtime;

namespace Molino.Runtime.Gateways;

/// <summary>Knows which silo each client is connected to, so that calls to its observers find it. Each silo tells the others of its own clients.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ClientDirectory(Cluster cluster)
{
    private readonly Lock _telling = new(); // what is built later is sent later
    private readonly ConcurrentDictionary<string, Link> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SiloKey> _others = new(StringComparer.Ordinal);

    /// <summary>Gets the number of clients connected to this silo.</summary>
    public int Count => _own.Count;

    /// <summary>A client has connected to this silo.</summary>
    /// <param name="link">Its connection.</param>
    public void Attach(Link link)
    {
        lock (_telling)
        {
            _own[link.Other.Name] = link;
            TellAll();
            link.TrySend(GatewaysMessage(cluster.View)); // it was welcomed by an earlier view, perhaps
        }
    }

    /// <summary>Tells the clients of this silo which gateways there are.</summary>
    /// <param name="view">The new view.</param>
    public void OnView(ClusterView view)
    {
        lock (_telling)
        {
            var message = GatewaysMessage(view);
            foreach (var link in _own.Values)
            {
                link.TrySend(message);
            }
        }
    }

    /// <summary>Lists the gateways of a view.</summary>
    /// <param name="view">The view.</param>
    /// <returns>Their addresses.</returns>
    public static string[] Gateways(ClusterView view) => [.. view.Members.Select(member => member.Gateway)];

    /// <summary>Asks all clients of this silo to go to another.</summary>
    public void SendAway()
    {
        foreach (var link in _own.Values)
        {
            SendAway(link);
        }
    }

    /// <summary>Asks a client to go to another silo.</summary>
    /// <param name="link">Its connection.</param>
    public void SendAway(Link link) => link.TrySend(new Outbound(FrameType.Leave, null, 0, cluster.Time.GetTimestamp()));

    /// <summary>A client has disconnected from this silo.</summary>
    /// <param name="link">Its connection.</param>
    public void Detach(Link link)
    {
        lock (_telling)
        {
            _own.TryRemove(KeyValuePair.Create(link.Other.Name, link));
            TellAll();
        }
    }

    /// <summary>Another silo says who its clients are.</summary>
    /// <param name="gateway">The silo.</param>
    /// <param name="reader">The names.</param>
    public void OnTold(SiloKey gateway, ref WireReader reader)
    {
        var clients = reader.Value<string[]>().ToHashSet(StringComparer.Ordinal);
        foreach (var client in clients)
        {
            _others[client] = gateway;
        }

        Forget(pair => pair.Value == gateway && !clients.Contains(pair.Key)); // after the others were noted: none of them is unknown in between
    }

    /// <summary>Another silo is gone.</summary>
    /// <param name="gateway">The silo.</param>
    public void Forget(SiloKey gateway) => Forget(pair => pair.Value == gateway);

    /// <summary>Tells a silo who the clients of this one are.</summary>
    /// <param name="link">The connection to it.</param>
    public void Tell(Link link)
    {
        lock (_telling)
        {
            link.TrySend(ClientsMessage());
        }
    }

    /// <summary>Finds where calls to a client's observers go.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ClientNotAvailableException">No silo has the client.</exception>
    public GrainTarget Locate(string client)
    {
        if (_own.TryGetValue(client, out var link))
        {
            return new LinkTarget(link, cluster.Time);
        }

        return _others.TryGetValue(client, out var key) && cluster.Find(key) is { } peer
            ? cluster.TargetFor(peer, cluster.View)
            : throw new ClientNotAvailableException($"Client {client} is connected to no silo of the cluster.");
    }

    private void Forget(Func<KeyValuePair<string, SiloKey>, bool> isMeant)
    {
        foreach (var pair in _others.Where(isMeant))
        {
            _others.TryRemove(pair);
        }
    }

    private void TellAll()
    {
        var message = ClientsMessage();
        foreach (var peer in cluster.Peers)
        {
            peer.Link?.TrySend(message);
        }
    }

    private Outbound ClientsMessage() => Message(FrameType.Clients, [.. _own.Keys]);

    private Outbound GatewaysMessage(ClusterView view) => Message(FrameType.Gateways, Gateways(view));

    private Outbound Message(FrameType type, string[] names)
    {
        using var writer = new WireWriter(cluster.Silo.Codecs);
        writer.Value(names);
        return new Outbound(type, writer.Written.ToArray(), 0, cluster.Time.GetTimestamp());
    }
}
