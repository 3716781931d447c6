using Orleans;

namespace Molino.Runtime.Tests.Calls;

public sealed class GuidGrain : Grain, IGuidGrain
{
    public Task<Guid> KeyAsync() => Task.FromResult(this.GetPrimaryKey());
}
