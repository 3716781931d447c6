using Orleans;

namespace Molino.Runtime.Benchmarks;

public sealed class PingGrain : Grain, IPingGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public ValueTask<int> AddAsync(int a, int b) => new(a + b);

    public async Task YieldAsync() => await Task.Yield();

    public async Task ForwardAsync(IPingGrain next) => await next.PingAsync();
}
