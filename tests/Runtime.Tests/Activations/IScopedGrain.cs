using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface IScopedGrain : IGrainWithStringKey
{
    Task<bool> IsSameScopeAsync();
}
