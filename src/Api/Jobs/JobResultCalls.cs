using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Answers results: the stored bytes with their media type, streamed.</summary>
/// <param name="transport">Knows them.</param>
internal sealed class JobResultCalls(IMolinoTransport transport)
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/jobs/{id}/result", JobDescriptions.Result, ResultAsync);
        calls.Add("GET", "/api/jobs/{id}/result/items", JobDescriptions.Items, ItemsAsync);
    }

    private async Task ItemsAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var from = query.Integer("from", 0, long.MaxValue, absent: 0);
        await using (var result = await transport.OpenResultAsync(id, TimeSpan.Zero, context.RequestAborted))
        {
            if (await HasNoResultAsync(context, result)) return;
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        var skip = -1L;
        await foreach (var chunk in transport.ReadResultItemsAsync(id, from, context.RequestAborted))
        {
            if (skip < 0) skip = from - chunk.FirstItem;
            var lines = chunk.Data;
            for (; skip > 0 && !lines.IsEmpty; skip--) lines = lines[(lines.Span.IndexOf(LineFeed) + 1)..];
            await context.Response.Body.WriteAsync(lines, context.RequestAborted);
        }
    }

    private async Task ResultAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        await using var result = await transport.OpenResultAsync(id, query.Wait(), context.RequestAborted);
        if (await HasNoResultAsync(context, result)) return;
        await StreamAsync(context, result.Content!, result.MediaType);
    }

    /// <summary>Answers for a job that has no result: 202 while it is live, 409 when it ended otherwise.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">What was found.</param>
    /// <returns>Whether it was answered.</returns>
    /// <exception cref="JobSystemException">There was a result, and retention removed it.</exception>
    public static async Task<bool> HasNoResultAsync(HttpContext context, JobResultContent result)
    {
        var job = result.Job;
        if (!job.IsTerminal)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, job, JobViewWriter.Write);
            return true;
        }

        if (job.Status != JobStatus.Succeeded)
        {
            var code = job.Status == JobStatus.Failed ? ErrorCodes.Failed : ErrorCodes.Cancelled;
            await Problem.WriteAsync(context, ProblemCatalog.Of(code), job.Error?.Message ?? $"Job {job.Id} is {JobViewWriter.NameOf(job.Status)}.", error: job.Error);
            return true;
        }

        return result.Content is null ? throw new JobSystemException(ErrorCodes.Gone, $"The result of job {job.Id} was removed by retention.") : false;
    }

    /// <summary>A handler chooses its media type: the headers keep a browser from running what it stored.</summary>
    private static async Task StreamAsync(HttpContext context, Stream content, string? mediaType)
    {
        var response = context.Response;
        response.ContentType = mediaType ?? "application/octet-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (content.CanSeek) response.ContentLength = content.Length - content.Position;
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
