using Orleans;

namespace Molino.Runtime.Tests.Calls;

public sealed class NumberGrain : Grain, INumberGrain
{
    public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
}
