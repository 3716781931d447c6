using Orleans;

namespace Molino.Runtime.TestHost;

public sealed class HomeGrain : Grain, IHomeGrain
{
    public Task<string> SiloAsync() => Task.FromResult(RuntimeIdentity);
}
