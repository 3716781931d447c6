using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;
using Molino.Jobs.SqlLab;

namespace Molino.Api;

/// <summary>SQL queries as jobs of type <c>sql.query</c>.</summary>
/// <param name="transport">Takes the jobs.</param>
/// <param name="databases">The databases: one list, or none where the SQL pack is not used.</param>
internal sealed class SqlCalls(IMolinoTransport transport, IEnumerable<ISqlDatabases> databases)
{
    private const string ArgsPrefix = "args.";

    private readonly ISqlDatabases? _databases = databases.LastOrDefault();

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("POST", "/api/sql/queries", SqlDescriptions.Submit, SubmitAsync);
        calls.Add("GET", "/api/sql/databases", SqlDescriptions.Databases, DatabasesAsync);
    }

    private async Task SubmitAsync(HttpContext context, CallQuery query)
    {
        var wait = query.Wait();
        var request = await RequestBody.ReadAsync(context, query.Call, static body => SqlRequest.Read(body));
        try
        {
            var submission = new JobSubmission { Type = SqlLabJobs.QueryType, Args = request.ToArgs() };
            await SubmitCalls.AnswerAsync(context, await transport.SubmitAsync(submission, wait, context.RequestAborted));
        }
        catch (JobValidationException invalid)
        {
            // The caller wrote `sql`, and does not know of `args.sql`.
            throw new JobValidationException(invalid.Code, invalid.Errors.ToDictionary(error => FieldOf(error.Key), error => error.Value, StringComparer.Ordinal));
        }
    }

    private async Task DatabasesAsync(HttpContext context, CallQuery query)
    {
        var list = _databases is null ? [] : await _databases.ListAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, list);
    }

    private static string FieldOf(string path) => path.StartsWith(ArgsPrefix, StringComparison.Ordinal) ? path[ArgsPrefix.Length..] : path;
}
