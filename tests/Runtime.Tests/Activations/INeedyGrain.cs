using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface INeedyGrain : IGrainWithStringKey
{
    Task NothingAsync();
}
