using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Benchmarks;

public sealed class CounterGrain([PersistentState("counter", "memory")] IPersistentState<Counter> counter) : Grain, ICounterGrain
{
    public Task AddAsync(int amount)
    {
        counter.State.Value += amount;
        return counter.WriteStateAsync();
    }
}
