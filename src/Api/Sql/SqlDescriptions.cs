using Molino.Client;
using Molino.Core;
using Molino.Jobs.SqlLab;

namespace Molino.Api;

/// <summary>Describes the SQL calls.</summary>
internal static class SqlDescriptions
{
    /// <summary><c>POST /api/sql/queries</c>.</summary>
    public static readonly ApiCall Submit = new()
    {
        Name = "submitQuery",
        Group = "Sql",
        Summary = "Submit a SQL query",
        Description = "A job of type `sql.query`: it is read, waited for, stopped and retried as any job. Its result is "
            + "`{columns, rowCount, elapsed, cached, truncated, firstRows}`; all rows come from `/api/sql/queries/{id}/rows`.",
        Role = Role.Operator,
        InvalidCode = ErrorCodes.InvalidJob,
        Query = [SubmitDescriptions.Wait],
        Body = new ApiBody(typeof(SqlRequest), """{"database":"sample","sql":"select 1 as one","limit":1000,"timeout":60}"""),
        Answers = SubmitDescriptions.One.Answers,
        Errors = SubmitDescriptions.Refusals,
    };

    /// <summary><c>GET /api/sql/databases</c>.</summary>
    public static readonly ApiCall Databases = new()
    {
        Name = "listDatabases",
        Group = "Sql",
        Summary = "List the configured databases",
        Answers = [new ApiAnswer(200, "By name, and whether each answers now.", typeof(IReadOnlyList<SqlDatabaseStatus>), """[{"name":"sample","kind":"Sqlite","reachable":true}]""")],
    };

    /// <summary><c>GET /api/sql/queries/{id}/rows</c>.</summary>
    public static readonly ApiCall Rows = new()
    {
        Name = "getQueryRows",
        Group = "Sql",
        Summary = "Read a query's rows",
        Query =
        [
            new("offset", ParameterKind.Integer, "Rows to leave out first. Default 0."),
            new("limit", ParameterKind.Integer, "Rows at most; may be millions. Default 1,000 as JSON, all as CSV."),
            new("format", ParameterKind.Text, "`json` or `csv` (RFC 4180, with a header line). Default `json`."),
        ],
        Answers =
        [
            new ApiAnswer(200, "The rows, streamed.", typeof(SqlRowsAnswer), """{"columns":[{"name":"one","type":"INTEGER","kind":"dynamic"}],"rows":[[1]],"total":1}"""),
            new ApiAnswer(202, "The query is live; there are no rows yet.", typeof(JobView), JobDescriptions.QueuedExample),
        ],
        Errors = [ErrorCodes.InvalidRequest, ErrorCodes.NotFound, ErrorCodes.Gone, ErrorCodes.Failed, ErrorCodes.Cancelled, ErrorCodes.StoreUnavailable],
    };
}
