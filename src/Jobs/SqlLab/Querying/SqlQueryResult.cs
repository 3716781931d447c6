using System.Text.Json;

namespace Molino.Jobs.SqlLab;

/// <summary>The result of a <c>sql.query</c> job. The rows themselves are its appended items: one JSON array a line.</summary>
/// <param name="Columns">The columns, in order; empty for a statement that gives no rows.</param>
/// <param name="RowCount">Rows kept.</param>
/// <param name="Elapsed">Seconds from the query's start until its last row was stored.</param>
/// <param name="Cached">Whether the rows are of an earlier run; always false until the result cache exists.</param>
/// <param name="Truncated">Whether there were more rows than the limit; the first ones were kept.</param>
/// <param name="FirstRows">The first rows: at most <see cref="SqlRowSink.MaxFirstRows"/>, and fewer when they are wide (<see cref="SqlRowSink.MaxFirstRowsBytes"/>).</param>
public sealed record SqlQueryResult(
    IReadOnlyList<SqlColumn> Columns,
    long RowCount,
    double Elapsed,
    bool Cached,
    bool Truncated,
    IReadOnlyList<JsonElement> FirstRows);
