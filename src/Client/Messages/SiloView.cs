namespace Molino.Client;

/// <summary>A silo of the cluster.</summary>
/// <param name="Id">Its name with its incarnation.</param>
/// <param name="Version">Molino's version.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Status"><c>active</c> or <c>draining</c>.</param>
public sealed record SiloView(string Id, string Version, DateTimeOffset StartedAt, string Status);
