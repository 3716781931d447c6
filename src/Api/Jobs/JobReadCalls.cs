using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api;

/// <summary>Reads jobs, their lists and their logs.</summary>
/// <param name="transport">Knows them.</param>
internal sealed class JobReadCalls(IMolinoTransport transport)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/jobs", JobDescriptions.List, ListAsync);
        calls.Add("GET", "/api/jobs/{id}", JobDescriptions.Get, GetAsync);
        calls.Add("GET", "/api/jobs/{id}/log", JobDescriptions.Log, LogAsync);
    }

    private async Task ListAsync(HttpContext context, CallQuery query)
    {
        var filter = new JobFilter
        {
            Status = Status(query),
            Queue = Queue(query),
            Type = query.Text("type"),
            Tag = query.Text("tag"),
            Prefix = query.Text("q"),
            From = query.Timestamp("from"),
            To = query.Timestamp("to"),
            Limit = query.Limit(absent: 100),
            Cursor = query.Text("cursor"),
            IncludeArchived = query.Flag("archived", absent: false),
        };
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.ListJobsAsync(filter, context.RequestAborted), JobViewWriter.WriteList);
    }

    private async Task GetAsync(HttpContext context, CallQuery query)
    {
        var job = await transport.GetJobAsync(JobRoute.Id(context), query.Wait(), context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, job, JobViewWriter.Write);
    }

    private async Task LogAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var after = query.Integer("after", 0, long.MaxValue, absent: 0);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.ReadLogAsync(id, after, query.Limit(absent: 1000), context.RequestAborted));
    }

    private static JobStatus? Status(CallQuery query)
    {
        if (query.Text("status") is not { } text) return null;
        foreach (var status in Enum.GetValues<JobStatus>())
            if (text == JobViewWriter.NameOf(status)) return status;
        throw query.Invalid("status", $"Must be one of {string.Join(", ", Enum.GetValues<JobStatus>().Select(JobViewWriter.NameOf))}.");
    }

    private static string? Queue(CallQuery query) => query.Text("queue") is { } queue ? QueueRoute.Checked(queue) : null;
}
