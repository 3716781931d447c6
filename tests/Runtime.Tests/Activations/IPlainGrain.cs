using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface IPlainGrain : IGrainWithStringKey
{
    Task<string> IdentityAsync();

    Task LeaveAsync();
}
