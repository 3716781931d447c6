using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Core;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;

namespace Molino.Client.Gateway;

/// <summary>Microsoft Orleans' client. Its connections prove nothing (decision 0012): <see cref="MolinoGatewayOptions.Secret"/> is not used.</summary>
internal static class GatewayRuntime
{
    /// <summary>Adds the client to its host. Orleans wants addresses: names are looked up here.</summary>
    public static async Task ConfigureAsync(HostApplicationBuilder builder, MolinoGatewayOptions options, CancellationToken cancellationToken)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (var gateway in options.Gateways)
        {
            if (!MolinoGatewayOptionsValidator.TryParse(gateway, out var host, out var port)) continue;
            endpoints.AddRange((await FindAsync(host, cancellationToken).ConfigureAwait(false)).Select(address => new IPEndPoint(address, port)));
        }

        if (endpoints.Count == 0) throw NotReachable(new SocketException((int)SocketError.HostNotFound), options);
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering([.. endpoints]);
            client.Services.Configure<ClusterOptions>(cluster => cluster.ClusterId = options.ClusterId);
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.AnswerTimeout);
            client.Services.Configure<ConnectionOptions>(connection => connection.OpenConnectionTimeout = options.ConnectTimeout);
            client.Services.Configure<ExceptionSerializationOptions>(errors => errors.SupportedNamespacePrefixes.Add(nameof(Molino)));
        });
    }

    /// <summary>Whether a call failed before it reached a silo, or was turned away.</summary>
    public static bool WasNeverSent(Exception error) => error is OrleansMessageRejectionException or LimitExceededException or ConnectionFailedException;

    /// <summary>Says why there is no connection, and what to do.</summary>
    public static JobSystemException NotConnected(IServiceProvider services, Exception error, MolinoGatewayOptions options) => NotReachable(error, options);

    private static JobSystemException NotReachable(Exception error, MolinoGatewayOptions options) => new(
        ClientErrorCodes.NotReachable,
        $"No gateway of cluster '{options.ClusterId}' answers at {string.Join(", ", options.Gateways)} ({error.Message}). Is a silo running, with Store:Kind=Redis, is the port its "
        + "Cluster:GatewayPort, and its Cluster:Id the same?",
        error);

    private static async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return []; // of several gateways the others may have names that lead somewhere
        }
    }
}
