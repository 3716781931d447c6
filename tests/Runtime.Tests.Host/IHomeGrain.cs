using Orleans;

namespace Molino.Runtime.TestHost;

public interface IHomeGrain : IGrainWithStringKey
{
    Task<string> SiloAsync();
}
