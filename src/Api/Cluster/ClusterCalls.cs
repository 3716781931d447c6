using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Shows what the cluster works with: pools and job types.</summary>
/// <param name="transport">Knows them.</param>
internal sealed class ClusterCalls(IMolinoTransport transport)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/types", ClusterDescriptions.Types, async (context, _) =>
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.TypesAsync(context.RequestAborted)));
        calls.Add("GET", "/api/pools", ClusterDescriptions.Pools, async (context, _) =>
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.PoolsAsync(context.RequestAborted)));
    }
}
