using Molino.Runtime.Clustering;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;

namespace Molino.Runtime.Gateways;

/// <summary>The clients connected to this silo.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class Gateway(Cluster cluster)
{
    /// <summary>Gets a value indicating whether clients may connect.</summary>
    public bool TakesClients => cluster.Silo.State == SiloState.Running && cluster.Membership.Key.Incarnation > 0;

    /// <summary>Writes what a client must know: which grain type each interface leads to, and the gateways.</summary>
    /// <param name="other">Who connects.</param>
    /// <returns>The bytes.</returns>
    public byte[] Welcome(Introduction other)
    {
        using var writer = new WireWriter(cluster.Silo.Codecs);
        if (other.IsClient)
        {
            writer.Value(cluster.View.Members.Select(member => member.Gateway).ToArray());
            writer.Value(cluster.Silo.Catalog.Implementations().ToArray());
        }

        return writer.Written.ToArray();
    }

    /// <summary>A client has connected.</summary>
    /// <param name="link">Its connection.</param>
    public void Attach(Link link) => cluster.Clients.Attach(link);

    /// <summary>A client has disconnected.</summary>
    /// <param name="link">Its connection.</param>
    public void Detach(Link link) => cluster.Clients.Detach(link);
}
