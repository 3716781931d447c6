using System.Globalization;
using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class ChainGrain : Grain, IChainGrain
{
    public async Task<int> DescendAsync(int steps) =>
        steps == 0 ? 0 : 1 + await GrainFactory.GetGrain<IChainGrain>(steps.ToString(CultureInfo.InvariantCulture)).DescendAsync(steps - 1);
}
