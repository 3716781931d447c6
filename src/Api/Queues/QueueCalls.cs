using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Shows queues, pauses and resumes them.</summary>
/// <param name="transport">Knows them.</param>
internal sealed class QueueCalls(IMolinoTransport transport)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/queues", QueueDescriptions.List, async (context, _) =>
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.QueuesAsync(context.RequestAborted)));
        calls.Add("GET", "/api/queues/{queue}", QueueDescriptions.Get, async (context, _) =>
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.QueueAsync(QueueRoute.Name(context), context.RequestAborted)));
        calls.Add("POST", "/api/queues/{queue}/pause", QueueDescriptions.Pause, (context, query) => SetPausedAsync(context, query, paused: true));
        calls.Add("POST", "/api/queues/{queue}/resume", QueueDescriptions.Resume, (context, query) => SetPausedAsync(context, query, paused: false));
    }

    private async Task SetPausedAsync(HttpContext context, CallQuery query, bool paused)
    {
        var queue = QueueRoute.Name(context);
        await RequestBody.ReadNothingAsync(context, query.Call);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.SetQueuePausedAsync(queue, paused, context.RequestAborted));
    }
}
