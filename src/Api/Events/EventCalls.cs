using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>What happens to jobs, as a stream that can be resumed or by polling.</summary>
/// <param name="transport">Reads the event log.</param>
/// <param name="lifetime">Says when the host stops, which ends streams.</param>
/// <param name="options">How often an idle stream is kept alive.</param>
/// <param name="time">Measures that.</param>
internal sealed class EventCalls(IMolinoTransport transport, IHostApplicationLifetime lifetime, IOptions<EventStreamOptions> options, TimeProvider time)
{
    private const int MostPollSeconds = 20;

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/events", EventDescriptions.Stream, StreamAsync);
        calls.Add("GET", "/api/events/poll", EventDescriptions.Poll, PollAsync);
        calls.Add("GET", "/api/jobs/{id}/events", EventDescriptions.Job, JobStreamAsync);
    }

    private async Task StreamAsync(HttpContext context, CallQuery query)
    {
        var stream = new EventStream(transport, null, EventKinds.Parse(query), options.Value, time);
        await RunAsync(context, stream, EventPosition.Read(context, query), endsWhenFinished: false);
    }

    private async Task JobStreamAsync(HttpContext context, CallQuery query)
    {
        var id = JobRoute.Id(context);
        var position = EventPosition.Read(context, query);
        var job = await transport.GetJobAsync(id, TimeSpan.Zero, context.RequestAborted);
        var stream = new EventStream(transport, id, EventKinds.Parse(query), options.Value, time) { Finished = job.IsTerminal };
        await RunAsync(context, stream, position ?? EventPosition.Oldest, endsWhenFinished: true);
    }

    private async Task RunAsync(HttpContext context, EventStream stream, string? position, bool endsWhenFinished)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await stream.RunAsync(context, position, endsWhenFinished, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && context.Response.HasStarted)
        {
            // The client went away or the host stops: the stream ends here, and is resumed by its last id.
        }
    }

    private static JobId? Job(CallQuery query) => query.Text("job") is not { } text ? null
        : JobId.TryParse(text, out var id) ? id
        : throw query.Invalid("job", "Not a job id: 26 letters and digits as a submit answered them.");

    private async Task PollAsync(HttpContext context, CallQuery query)
    {
        var kinds = EventKinds.Parse(query);
        var after = EventPosition.Read(context, query);
        var wait = query.Wait(most: MostPollSeconds);
        var page = await transport.ReadEventsAsync(after, query.Limit(absent: 100), Job(query), wait, context.RequestAborted);
        if (kinds is not null) page = page with { Events = [.. page.Events.Where(happened => kinds.Contains(happened.Kind))] };
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, page);
    }
}
