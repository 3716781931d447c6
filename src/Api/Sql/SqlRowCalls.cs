using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;
using Molino.Jobs.SqlLab;
using Molino.Storage;

namespace Molino.Api;

/// <summary>Pages of a query's rows, streamed from the store as they were kept.</summary>
/// <param name="transport">Reads them.</param>
internal sealed class SqlRowCalls(IMolinoTransport transport)
{
    private const long PageRows = 1000;

    /// <summary>Adds the call.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls) => calls.Add("GET", "/api/sql/queries/{id}/rows", SqlDescriptions.Rows, RowsAsync);

    private async Task RowsAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var csv = IsCsv(query);
        var offset = query.Integer("offset", 0, long.MaxValue, absent: 0);
        var limit = query.Integer("limit", 1, long.MaxValue, absent: csv ? long.MaxValue : PageRows);
        await using var result = await transport.OpenResultAsync(id, TimeSpan.Zero, context.RequestAborted);
        if (result.Job.Type != SqlLabJobs.QueryType) throw new JobSystemException(ErrorCodes.NotFound, $"Job {id} is a {result.Job.Type}, not a {SqlLabJobs.QueryType}.");
        if (await JobResultCalls.HasNoResultAsync(context, result)) return;
        var summary = await JsonSerializer.DeserializeAsync<SqlQueryResult>(result.Content!, JobJson.Options, context.RequestAborted)
            ?? throw new JsonException($"The result of job {id} is null.");
        await WriteAsync(context, summary, id, offset, Math.Min(limit, Math.Max(0, summary.RowCount - offset)), csv);
    }

    private async Task WriteAsync(HttpContext context, SqlQueryResult summary, JobId id, long offset, long take, bool csv)
    {
        var cancellationToken = context.RequestAborted;

        // The first part is read before the answer starts, so that a store that fails can still be told.
        await using var chunks = transport.ReadResultItemsAsync(id, offset, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var any = take > 0 && await chunks.MoveNextAsync();
        if (take > 0 && !any) throw new JobSystemException(ErrorCodes.Gone, $"The rows of job {id} were removed by retention.");
        var skip = any ? offset - chunks.Current.FirstItem : 0;
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (csv)
        {
            response.ContentType = "text/csv; charset=utf-8; header=present";
            response.Headers.ContentDisposition = $"attachment; filename=\"{id}.csv\"";
            await RowPageWriter.WriteCsvAsync(response.BodyWriter, summary.Columns, Parts(chunks, any), skip, take, guardFormulas: false, cancellationToken);
        }
        else
        {
            response.ContentType = "application/json";
            await RowPageWriter.WriteJsonAsync(response.BodyWriter, summary.Columns, summary.RowCount, Parts(chunks, any), skip, take, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Parts(IAsyncEnumerator<ResultChunk> chunks, bool any)
    {
        for (; any; any = await chunks.MoveNextAsync()) yield return chunks.Current.Data;
    }

    private static bool IsCsv(CallQuery query) => query.Text("format") switch
    {
        null or "json" => false,
        "csv" => true,
        _ => throw query.Invalid("format", "Must be json or csv."),
    };
}
