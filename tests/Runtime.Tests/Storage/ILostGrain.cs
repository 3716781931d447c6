using Orleans;

namespace Molino.Runtime.Tests.Storage;

public interface ILostGrain : IGrainWithStringKey
{
    Task<int> ValueAsync();
}
