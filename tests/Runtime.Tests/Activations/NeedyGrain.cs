using Orleans;

namespace Molino.Runtime.Tests.Activations;

public sealed class NeedyGrain(IServiceNobodyRegistered service) : Grain, INeedyGrain
{
    public Task NothingAsync()
    {
        service.Nothing();
        return Task.CompletedTask;
    }
}
