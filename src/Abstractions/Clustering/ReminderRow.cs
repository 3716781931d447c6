namespace Molino.Clustering;

/// <summary>A stored reminder.</summary>
/// <param name="Grain">The grain's id, as text.</param>
/// <param name="Name">The reminder's name within the grain.</param>
/// <param name="Hash">The grain's place on the ring, which says which silo serves it.</param>
/// <param name="StartAt">The first tick, UTC, to 100 ns.</param>
/// <param name="Period">Between ticks.</param>
/// <param name="Etag">Changes with every write.</param>
public sealed record ReminderRow(string Grain, string Name, uint Hash, DateTimeOffset StartAt, TimeSpan Period, string Etag);
