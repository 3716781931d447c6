using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>The answer to a <see cref="LeaseRequest"/>.</summary>
/// <param name="Jobs">The jobs leased: Running, with their new tokens, highest priority first, FIFO within a priority.</param>
/// <param name="Completions">The answer to each completion, in the request's order.</param>
/// <param name="MoreReady">Whether ready jobs were left in the queue; false for a paused one.</param>
/// <param name="NextDueAt">When the queue's next scheduled job is due, UTC; null when none is scheduled, or the queue is paused.</param>
/// <param name="IsPaused">Whether the queue is paused.</param>
[GenerateSerializer, Immutable, Alias("store.lease-result.v1")]
public sealed record LeaseResult(
    [property: Id(0)] IReadOnlyList<Job> Jobs,
    [property: Id(1)] IReadOnlyList<ChangeResult> Completions,
    [property: Id(2)] bool MoreReady,
    [property: Id(3)] DateTimeOffset? NextDueAt,
    [property: Id(4)] bool IsPaused = false);
