using Molino.Runtime.Clustering;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;

namespace Molino.Runtime.Gateways;

/// <summary>The clients connected to this silo.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class Gateway(Cluster cluster)
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);

    private volatile bool _isLeaving;

    /// <summary>Gets a value indicating whether clients may connect.</summary>
    public bool TakesClients => !_isLeaving && cluster.Silo.State == SiloState.Running && cluster.Membership.Key.Incarnation > 0;

    /// <summary>Writes what a client must know: which grain type each interface leads to, and the gateways.</summary>
    /// <param name="other">Who connects.</param>
    /// <returns>The bytes.</returns>
    public byte[] Welcome(Introduction other)
    {
        using var writer = new WireWriter(cluster.Silo.Codecs);
        if (other.IsClient)
        {
            writer.Value(ClientDirectory.Gateways(cluster.View));
            writer.Value(cluster.Silo.Catalog.Implementations().ToArray());
        }

        return writer.Written.ToArray();
    }

    /// <summary>A client has connected.</summary>
    /// <param name="link">Its connection.</param>
    public void Attach(Link link)
    {
        cluster.Clients.Attach(link);
        if (_isLeaving)
        {
            cluster.Clients.SendAway(link); // admitted just before
        }
    }

    /// <summary>Sends all clients to other gateways, and waits until they have gone, while their calls are still answered; at most 3 s.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public async Task SendAwayAsync(CancellationToken cancellationToken)
    {
        _isLeaving = true;
        cluster.Clients.SendAway();
        for (var waited = TimeSpan.Zero; waited < LongestGoodbye && cluster.Clients.Count > 0; waited += LookPeriod)
        {
            await Task.Delay(LookPeriod, cluster.Time, cancellationToken);
        }
    }

    /// <summary>A client has disconnected.</summary>
    /// <param name="link">Its connection.</param>
    public void Detach(Link link) => cluster.Clients.Detach(link);
}
