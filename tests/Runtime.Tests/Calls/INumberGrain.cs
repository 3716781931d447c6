using Orleans;

namespace Molino.Runtime.Tests.Calls;

public interface INumberGrain : IGrainWithIntegerKey
{
    Task<long> KeyAsync();
}
