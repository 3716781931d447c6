using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Shows the silos, drains and stops them.</summary>
/// <param name="transport">Reaches them.</param>
internal sealed class SiloCalls(IMolinoTransport transport)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/silos", SiloDescriptions.List, async (context, _) =>
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.SilosAsync(context.RequestAborted)));
        calls.Add("POST", "/api/silos/{id}/drain", SiloDescriptions.Drain, (context, query) => OrderAsync(context, query, SiloOrder.Drain));
        calls.Add("POST", "/api/silos/{id}/resume", SiloDescriptions.Resume, (context, query) => OrderAsync(context, query, SiloOrder.Resume));
        calls.Add("POST", "/api/silos/{id}/shutdown", SiloDescriptions.Shutdown, (context, query) => OrderAsync(context, query, SiloOrder.Shutdown));
    }

    private async Task OrderAsync(HttpContext context, CallQuery query, SiloOrder order)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        await RequestBody.ReadNothingAsync(context, query.Call);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, await transport.OrderSiloAsync(id, order, context.RequestAborted));
    }
}
