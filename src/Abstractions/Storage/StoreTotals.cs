using Orleans;

namespace Molino.Storage;

/// <summary>The store's own books (requirement F2): accepted = live + finished + removed, always.</summary>
/// <param name="Accepted">Jobs ever accepted.</param>
/// <param name="Live">Jobs not in a terminal state.</param>
/// <param name="Finished">Jobs in a terminal state that are kept.</param>
/// <param name="Removed">Finished jobs that retention removed.</param>
/// <param name="RefusedCompletions">Ends of attempts that came with a stale lease token.</param>
/// <param name="Bytes">Size of the store on disk or in memory, in bytes.</param>
[GenerateSerializer, Immutable, Alias("store.totals.v1")]
public sealed record StoreTotals(
    [property: Id(0)] long Accepted,
    [property: Id(1)] long Live,
    [property: Id(2)] long Finished,
    [property: Id(3)] long Removed,
    [property: Id(4)] long RefusedCompletions,
    [property: Id(5)] long Bytes);
