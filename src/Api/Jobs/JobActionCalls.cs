using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Acts on jobs: cancel, retry, release, change.</summary>
/// <param name="transport">Does it.</param>
internal sealed class JobActionCalls(IMolinoTransport transport)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("POST", "/api/jobs/{id}/cancel", JobDescriptions.Cancel, CancelAsync);
        calls.Add("POST", "/api/jobs/{id}/retry", JobDescriptions.Retry, RetryAsync);
        calls.Add("POST", "/api/jobs/{id}/release", JobDescriptions.Release, ReleaseAsync);
        calls.Add("PATCH", "/api/jobs/{id}", JobDescriptions.Update, UpdateAsync);
    }

    private async Task CancelAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var reason = RequestBody.IsGiven(context.Request)
            ? await RequestBody.ReadAsync(context, query.Call, static body => JobRequests.ReadCancel(body))
            : null;
        await AnswerAsync(context, await transport.CancelAsync(id, reason, context.RequestAborted));
    }

    private async Task RetryAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var args = RequestBody.IsGiven(context.Request)
            ? await RequestBody.ReadAsync(context, query.Call, static body => JobRequests.ReadRetry(body))
            : null;
        await AnswerAsync(context, await transport.RetryAsync(id, args, context.RequestAborted));
    }

    private async Task ReleaseAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        await RequestBody.ReadNothingAsync(context, query.Call);
        await AnswerAsync(context, await transport.ReleaseAsync(id, context.RequestAborted));
    }

    private async Task UpdateAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var update = await RequestBody.ReadAsync(context, query.Call, static body => JobRequests.ReadUpdate(body));
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.UpdateAsync(id, update, context.RequestAborted), JobViewWriter.Write);
    }

    private static Task AnswerAsync(HttpContext context, JobView job) =>
        JsonAnswer.WriteAsync(context, job.IsTerminal ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, job, JobViewWriter.Write);
}
