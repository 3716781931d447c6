using Orleans;

namespace Molino.Runtime.Tests.Turns;

public interface IChainGrain : IGrainWithStringKey
{
    Task<int> DescendAsync(int steps);
}
