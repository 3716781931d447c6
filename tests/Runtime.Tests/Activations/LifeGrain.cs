using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Activations;

public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain, IDisposable
{
    private int _number;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Signal($"activate {key}");
        _number = probe.Count($"activate {key}");
        if (key.StartsWith("slow", StringComparison.Ordinal))
        {
            await probe.PassAsync("activating");
        }

        if (key.StartsWith("broken", StringComparison.Ordinal) && _number == 1)
        {
            throw new FormatException("cannot activate");
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        await Task.Yield();
        if (this.GetPrimaryKeyString().StartsWith("sticky", StringComparison.Ordinal))
        {
            await probe.PassAsync("deactivating");
        }
    }

    public Task<int> NumberAsync() => Task.FromResult(_number);

    public Task WaitAsync(string gate) => probe.PassAsync(gate);

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task DelayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public void Dispose() => probe.Signal($"dispose {this.GetPrimaryKeyString()}");
}
