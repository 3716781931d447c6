using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Turns;

[Reentrant]
public sealed class ReentrantGateGrain(Probe probe) : Grain, IGateGrain
{
    public Task PlainAsync(string gate) => probe.PassAsync(gate);

    public Task ReadAsync(string gate) => probe.PassAsync(gate);

    public Task InterleaveAsync(string gate) => probe.PassAsync(gate);

    public Task NothingAsync() => Task.CompletedTask;

    public Task MarkAsync() => Task.CompletedTask;
}
