using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Activations;

public abstract class AgeGrain(Probe probe) : Grain, IAgeGrain
{
    public Task NothingAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"left {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }
}
