using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Storage;

/// <summary>Stores in a provider that nobody registered.</summary>
public sealed class LostGrain([PersistentState("tally", "nowhere")] IPersistentState<Tally> tally) : Grain, ILostGrain
{
    public Task<int> ValueAsync() => Task.FromResult(tally.State.Value);
}
