using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>Asks for ready jobs of one queue on behalf of a pool, and brings the ends of earlier attempts along.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Max">How many jobs at most; 0 only stores <paramref name="Completions"/>.</param>
/// <param name="Silo">Who leases.</param>
/// <param name="Pool">The pool whose free slots these are.</param>
/// <param name="Completions">Ends of attempts, of any queue; stored in the same commit, each on its own.</param>
/// <param name="Aging">A waiting job gains one priority for each such span; null for strict priorities (promise P5).</param>
[GenerateSerializer, Immutable, Alias("store.lease-request.v1")]
public sealed record LeaseRequest(
    [property: Id(0)] string Queue,
    [property: Id(1)] int Max,
    [property: Id(2)] string Silo,
    [property: Id(3)] string Pool,
    [property: Id(4)] IReadOnlyList<JobChange> Completions,
    [property: Id(5)] TimeSpan? Aging = null);
