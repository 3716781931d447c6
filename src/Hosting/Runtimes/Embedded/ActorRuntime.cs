using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Molino.Client.Gateway;
using Molino.Clustering;
using Molino.Runtime.Hosting;
using Molino.Runtime.Transport;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Molino.Hosting;

/// <summary>The embedded runtime: several silos form a cluster over the store's membership table (decision 0010).</summary>
internal static class ActorRuntime
{
    /// <summary>Id, secret and version are proven by the handshake with each member.</summary>
    public static ClusterPact Pact(ClusterSettings cluster, string storeKey) => new("the embedded runtime");

    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        silo.AddReminders();
        silo.Services.AddSingleton<Orleans.IReminderTable, StoreReminderTable>();
        var cluster = settings.Cluster;
        if (cluster.SiloPort is not { } port) return;
        silo.Services.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = cluster.Advertise;
            options.SiloPort = port;
            options.GatewayPort = cluster.GatewayPort;
            options.SiloListeningEndpoint = cluster.Listen;
            if (cluster.Listen is { } listen && cluster.GatewayPort > 0) options.GatewayListeningEndpoint = new IPEndPoint(listen.Address, cluster.GatewayPort);
        });
        silo.Services.Configure<TransportOptions>(options =>
        {
            options.Secret = cluster.Secret;
            options.MaxFrameBytes = GatewayLimits.MessageBytes;
        });
        silo.UseMembershipTable(provider => new StoreMembershipTable(provider.GetRequiredService<IMembershipTable>()));
        silo.Services.AddSingleton<IClusterMembers, ClusterMembers>();
        silo.Services.AddSingleton<ISiloMembership, EmbeddedMembership>();
    }
}
