using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface IAgeGrain : IGrainWithStringKey
{
    Task NothingAsync();
}
