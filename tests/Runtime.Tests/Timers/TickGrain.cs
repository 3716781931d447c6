using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Timers;

public sealed class TickGrain(Probe probe) : Grain, ITickGrain
{
    private readonly Dictionary<string, IGrainTimer> _timers = [];

    public Task StartAsync(string name, GrainTimerOrder order)
    {
        _timers[name] = this.RegisterGrainTimer(
            (state, token) => TickAsync(state, order, token),
            name,
            new GrainTimerCreationOptions(order.Due, order.Period) { Interleave = order.Interleave, KeepAlive = order.KeepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name].Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopAsync(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task WaitAsync(string gate) => probe.PassAsync(gate);

    public Task NothingAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"deactivate {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    private async Task TickAsync(string name, GrainTimerOrder order, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => probe.Signal($"cancelled {name}"));
        probe.Signal($"tick {name}");
        if (order.Gate is not null)
        {
            await probe.PassAsync(order.Gate);
        }

        if (order.Fails)
        {
            throw new FormatException("tick");
        }
    }
}
