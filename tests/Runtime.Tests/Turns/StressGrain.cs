using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class StressGrain : Grain, IStressGrain
{
    private readonly StressState _state = new();

    public Task WorkAsync(int awaits) => _state.WorkAsync(awaits);

    public Task<(int Calls, int Overlaps)> ReportAsync() => Task.FromResult((_state.Calls, _state.Overlaps));
}
