namespace Molino.Execution;

/// <summary>Which silo this is.</summary>
/// <param name="Id">Its name with its incarnation: another start has another id.</param>
/// <param name="Version">Molino's version.</param>
/// <param name="StartedAt">When it started, UTC.</param>
public sealed record SiloInfo(string Id, string Version, DateTimeOffset StartedAt);
