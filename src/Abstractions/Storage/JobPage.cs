using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs; results are left out.</param>
/// <param name="NextCursor">Give it back for the next page; null when this was the last. A page may hold fewer items than asked and still have a next: a filter scans boundedly.</param>
[GenerateSerializer, Immutable, Alias("store.job-page.v1")]
public sealed record JobPage([property: Id(0)] IReadOnlyList<Job> Items, [property: Id(1)] string? NextCursor);
