using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>A lease as the store knows it, for a pool to compare with its memory.</summary>
/// <param name="Job">The job.</param>
/// <param name="Token">Its lease token.</param>
/// <param name="Pool">The pool it was leased to.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="LeasedAt">When, UTC.</param>
/// <param name="CancelRequested">Whether somebody asked to stop it.</param>
[GenerateSerializer, Immutable, Alias("store.running-lease.v1")]
public sealed record RunningLease(
    [property: Id(0)] JobId Job,
    [property: Id(1)] LeaseToken Token,
    [property: Id(2)] string Pool,
    [property: Id(3)] string Queue,
    [property: Id(4)] DateTimeOffset LeasedAt,
    [property: Id(5)] bool CancelRequested);
