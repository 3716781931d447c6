using Molino.Runtime.Activations;
using Molino.Runtime.Observers;
using Orleans.Runtime;

namespace Molino.Runtime.Clients;

/// <summary>In a client all calls go to the gateway, except those to its own observers.</summary>
/// <param name="client">The client.</param>
internal sealed class ClientRoute(ClientRuntime client) : GrainRoute
{
    /// <inheritdoc/>
    public override GrainTarget? Find(GrainReference reference)
    {
        if (reference.Origin.GrainType == ObserverId.GrainType && ObserverId.Parse(reference.Key) is { IsInClient: true } id && id.Host == client.Id)
        {
            return client.Observers.Find(id.Id);
        }

        return client.Gateway ?? throw new SiloUnavailableException("The client has not been started: start its host first.");
    }
}
