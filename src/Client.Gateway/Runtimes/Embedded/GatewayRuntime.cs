using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Core;
using Molino.Runtime.Clients;
using Molino.Runtime.Transport;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Client.Gateway;

/// <summary>The embedded runtime's client: proves that it has the cluster's secret, and learns the other gateways from the first.</summary>
internal static class GatewayRuntime
{
    /// <summary>Adds the client to its host.</summary>
    public static Task ConfigureAsync(HostApplicationBuilder builder, MolinoGatewayOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        builder.UseOrleansClient(client => client
            .UseStaticClustering((StaticGatewayListProviderOptions known) => known.Gateways.AddRange(options.Gateways.Select(gateway => new Uri($"gwy.tcp://{gateway}"))))
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = options.ClusterId)
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.AnswerTimeout)
            .Configure<TransportOptions>(transport =>
            {
                transport.Secret = options.Secret;
                transport.ConnectTimeout = options.ConnectTimeout;
                transport.SendTimeout = options.ConnectTimeout;
                transport.MaxFrameBytes = GatewayLimits.MessageBytes;
            }));
        return Task.CompletedTask;
    }

    /// <summary>Whether a call failed before it reached a silo, or was turned away.</summary>
    public static bool WasNeverSent(Exception error) => error is OrleansMessageRejectionException or LimitExceededException;

    /// <summary>Says why there is no connection, and what to do.</summary>
    public static JobSystemException NotConnected(IServiceProvider services, Exception error, MolinoGatewayOptions options)
    {
        var reason = error is OperationCanceledException ? services.GetRequiredService<IGatewayStatus>().LastFailure ?? error : error;
        var gateways = string.Join(", ", options.Gateways);
        return reason switch
        {
            HandshakeException { Refusal: HandshakeRefusal.WrongSecret } => new(ClientErrorCodes.Unauthorized, reason.Message, reason),
            HandshakeException { Refusal: HandshakeRefusal.NotNow } => NotReachable(),
            HandshakeException => new(ClientErrorCodes.UnexpectedAnswer, $"{gateways}: {reason.Message}", reason),
            _ => NotReachable(),
        };

        JobSystemException NotReachable() => new(
            ClientErrorCodes.NotReachable,
            $"No gateway of cluster '{options.ClusterId}' answers at {gateways} ({reason.Message}). Is a silo running, with Store:Kind=Redis, and is the port its Cluster:GatewayPort?",
            reason);
    }
}
