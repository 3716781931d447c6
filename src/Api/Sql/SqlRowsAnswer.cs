using System.Text.Json.Nodes;
using Molino.Jobs.SqlLab;

namespace Molino.Api;

/// <summary>A page of rows, for the document.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Rows">Each row is a list of values, in the columns' order.</param>
/// <param name="Total">Rows of the whole result.</param>
internal sealed record SqlRowsAnswer(IReadOnlyList<SqlColumn> Columns, IReadOnlyList<JsonNode> Rows, long Total);
