using Molino.Runtime.Activations;
using Orleans.Runtime;

namespace Molino.Runtime.Observers;

/// <summary>Finds the process that an observer is in.</summary>
/// <param name="silo">This silo.</param>
internal sealed class ObserverRoute(Silo silo) : GrainRoute
{
    /// <inheritdoc/>
    public override GrainTarget? Find(GrainReference reference)
    {
        var id = ObserverId.Parse(reference.Key);
        if (!id.IsInClient && id.Host == silo.Name)
        {
            return silo.Hostility?.ExpiresObserver() == true
                ? throw new ClientNotAvailableException("Hostile mode: the observer has expired.")
                : silo.Observers.Find(id.Id);
        }

        if (silo.Cluster is { } cluster)
        {
            return id.IsInClient ? cluster.Clients.Locate(id.Host) : cluster.TargetOf(id.Host);
        }

        throw new ClientNotAvailableException($"{reference.GrainId} is in another process, and this silo has no cluster.");
    }
}
