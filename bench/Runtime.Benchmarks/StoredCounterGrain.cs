using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Benchmarks;

/// <summary>Keeps its state in the job store, whichever actor runtime runs it.</summary>
public sealed class StoredCounterGrain([PersistentState("counter", "molino")] IPersistentState<Counter> counter) : Grain, IStoredCounterGrain
{
    public Task AddAsync(int amount)
    {
        counter.State.Value += amount;
        return counter.WriteStateAsync();
    }
}
