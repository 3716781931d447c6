using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Turns;

[Reentrant]
public sealed class ReentrantStressGrain : Grain, IStressGrain
{
    private readonly StressState _state = new();

    public Task WorkAsync(int awaits) => _state.WorkAsync(awaits);

    public Task<(int Calls, int Overlaps)> ReportAsync() => Task.FromResult((_state.Calls, _state.Overlaps));
}
