using Orleans;

namespace Molino.Runtime.Tests.Calls;

/// <summary>An interface that no class implements.</summary>
public interface IHomelessGrain : IGrainWithStringKey
{
    Task NothingAsync();
}
