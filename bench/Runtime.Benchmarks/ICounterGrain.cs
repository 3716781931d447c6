using Orleans;

namespace Molino.Runtime.Benchmarks;

public interface ICounterGrain : IGrainWithStringKey
{
    Task AddAsync(int amount);
}
