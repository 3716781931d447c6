using Orleans;

namespace Molino.Runtime.Benchmarks;

public interface IStoredCounterGrain : IGrainWithStringKey
{
    Task AddAsync(int amount);
}
