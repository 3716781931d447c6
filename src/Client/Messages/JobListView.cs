namespace Molino.Client;

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">The jobs, without result and history.</param>
/// <param name="NextCursor">For the next page; absent after the last.</param>
public sealed record JobListView(IReadOnlyList<JobView> Items, string? NextCursor);
