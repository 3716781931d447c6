namespace Molino.Jobs.SqlLab;

/// <summary>A configured database, as <c>GET /api/sql/databases</c> shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind, for example <c>ClickHouse</c>.</param>
/// <param name="Reachable">Whether it answered just now.</param>
/// <param name="Error">Why not; null when it did.</param>
public sealed record SqlDatabaseStatus(string Name, string Kind, bool Reachable, string? Error);
