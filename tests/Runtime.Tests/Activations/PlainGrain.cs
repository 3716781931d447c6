using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Activations;

public sealed class PlainGrain(IGrainContext context, Probe probe) : IGrainBase, IPlainGrain
{
    public IGrainContext GrainContext => context;

    public Task<string> IdentityAsync() => Task.FromResult(context.GrainId.ToString());

    public Task LeaveAsync()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        probe.Signal("plain left");
        return Task.CompletedTask;
    }
}
