using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Client;

/// <summary>Connects to a cluster through one of its silos.</summary>
/// <remarks>
/// <code>
/// await using var client = await MolinoGateway.ConnectAsync("10.0.0.1:12111", secret: "...");
/// var job = await client.SubmitAsync(new BuildReport("2026-01"));
/// </code>
/// </remarks>
public static class MolinoGateway
{
    /// <summary>Connects to a silo; the client goes on to the others of its cluster when that one goes.</summary>
    /// <param name="gateway"><c>host:port</c>, as in <see cref="MolinoGatewayOptions.Gateways"/>.</param>
    /// <param name="clusterId">As in <see cref="MolinoGatewayOptions.ClusterId"/>.</param>
    /// <param name="secret">As in <see cref="MolinoGatewayOptions.Secret"/>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>A client that closes the connection when it is disposed.</returns>
    /// <exception cref="JobSystemException"><c>not_reachable</c>, <c>unauthorized</c> or <c>invalid_request</c>, with what to do.</exception>
    public static Task<MolinoClient> ConnectAsync(string gateway, string clusterId = "molino", string? secret = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(new MolinoGatewayOptions { ClusterId = clusterId, Secret = secret, Gateways = { gateway } }, null, cancellationToken);

    /// <summary>Connects to one of several silos.</summary>
    /// <param name="options">Where and how; not changed afterwards.</param>
    /// <param name="loggers">Where the connection's log goes; null for nowhere.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>A client that closes the connection when it is disposed.</returns>
    /// <exception cref="JobSystemException"><c>not_reachable</c>, <c>unauthorized</c> or <c>invalid_request</c>, with what to do.</exception>
    public static async Task<MolinoClient> ConnectAsync(MolinoGatewayOptions options, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default)
    {
        var transport = new GatewayTransport(options, loggers);
        try
        {
            await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return new MolinoClient(transport, transport, options.TimeProvider);
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
