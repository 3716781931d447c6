using System.Globalization;
using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Hostility;

public sealed class VictimGrain(Probe probe) : Grain, IVictimGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task RingAsync(int number)
    {
        probe.Signal(number.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public Task<Guid> ActivationAsync() => Task.FromResult(_activation);

    public Task WaitAsync(string gate) => probe.PassAsync(gate);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"left {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
