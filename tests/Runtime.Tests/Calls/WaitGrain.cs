using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Calls;

public sealed class WaitGrain(Probe probe) : Grain, IWaitGrain
{
    public Task WaitAsync(string gate) => probe.PassAsync(gate);

    public Task WaitBrieflyAsync(string gate) => probe.PassAsync(gate);

    public async Task WaitForTokenAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() =>
        {
            probe.Signal(SynchronizationContext.Current is IActivationScope ? "callee cancelled in turn" : "callee cancelled elsewhere");
            cancelled.SetResult();
        });
        probe.Signal("waiting for token");
        await cancelled.Task;
    }

    public Task NothingAsync() => Task.CompletedTask;

    public async Task FailOneWayAsync(string gate)
    {
        await probe.PassAsync(gate);
        throw new FormatException("one way");
    }
}
