using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Turns;

/// <summary>Each method but the last waits at the gate that it is given.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    Task PlainAsync(string gate);

    [ReadOnly]
    Task ReadAsync(string gate);

    [AlwaysInterleave]
    Task InterleaveAsync(string gate);

    Task NothingAsync();

    /// <summary>Runs when all calls sent before it have been considered.</summary>
    [AlwaysInterleave]
    Task MarkAsync();
}
