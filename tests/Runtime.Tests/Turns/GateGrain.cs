using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class GateGrain(Probe probe) : Grain, IGateGrain
{
    public Task PlainAsync(string gate) => probe.PassAsync(gate);

    public Task ReadAsync(string gate) => probe.PassAsync(gate);

    public Task InterleaveAsync(string gate) => probe.PassAsync(gate);

    public Task NothingAsync() => Task.CompletedTask;

    public Task MarkAsync() => Task.CompletedTask;
}
