using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Activations;

[StatelessWorker(3)]
public sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private int _number;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = probe.Signal("worker");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal("worker left");
        return Task.CompletedTask;
    }

    public async Task<int> WorkAsync(string gate)
    {
        probe.Signal("working");
        await probe.PassAsync(gate);
        return _number;
    }
}
