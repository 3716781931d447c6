using Orleans;

namespace Molino.Runtime.Benchmarks;

public interface IPingGrain : IGrainWithStringKey
{
    Task PingAsync();

    ValueTask<int> AddAsync(int a, int b);

    Task YieldAsync();

    Task ForwardAsync(IPingGrain next);
}
