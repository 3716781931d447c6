namespace Molino.Jobs.SqlLab;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name, as the database gives it; names may repeat.</param>
/// <param name="Type">Its type, in the database's own words, for example <c>Nullable(Decimal(18, 4))</c>.</param>
/// <param name="Kind">How its values are written as JSON, whatever the database.</param>
public sealed record SqlColumn(string Name, string Type, SqlColumnKind Kind);
