using Orleans;

namespace Molino.Runtime.Tests.Calls;

public interface IGuidGrain : IGrainWithGuidKey
{
    Task<Guid> KeyAsync();
}
