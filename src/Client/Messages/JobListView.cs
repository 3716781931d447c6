using Orleans;

namespace Molino.Client;

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs, without result and history.</param>
/// <param name="NextCursor">For the next page; absent after the last.</param>
[GenerateSerializer, Immutable, Alias("client.job-list.v1")]
public sealed record JobListView([property: Id(0)] IReadOnlyList<JobView> Items, [property: Id(1)] string? NextCursor);
