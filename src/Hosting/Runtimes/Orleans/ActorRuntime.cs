using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Hosting;

/// <summary>Microsoft Orleans: several silos form a cluster over Redis (decision 0012). On SQLite there is one silo, which nobody else connects to.</summary>
internal static class ActorRuntime
{
    /// <summary>Orleans forms a second cluster beside the first when its id differs, and knows no secret.</summary>
    public static ClusterPact Pact(ClusterSettings cluster, string storeKey) => new("Microsoft Orleans", cluster.Id, ClusterPact.Proof(cluster.Secret, storeKey));

    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        var cluster = settings.Cluster;
        silo.Services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error)); // that one asks for the server collector
        silo.Services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(Molino)));
        silo.Services.Configure<ClusterOptions>(options => options.ServiceId = settings.Store.Prefix);
        silo.Services.AddSingleton<OrleansMembership>();
        silo.Services.AddSingleton<ISiloMembership>(provider => provider.GetRequiredService<OrleansMembership>());
        silo.Services.AddSingleton<IFatalErrorHandler>(provider => provider.GetRequiredService<OrleansMembership>());
        if (cluster.SiloPort is not { } port)
        {
            silo.UseLocalhostClustering(ListeningPort.Check(IPAddress.Loopback, 0, "Cluster:SiloPort"), gatewayPort: 0, serviceId: settings.Store.Prefix, clusterId: cluster.Id);
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddReminders();
            silo.Services.AddSingleton<Orleans.IReminderTable, StoreReminderTable>();
            return;
        }

        silo.Services.Configure<EndpointOptions>(options =>
        {
            var address = cluster.Listen?.Address ?? cluster.Advertise;
            var bound = ListeningPort.Check(address, cluster.Listen?.Port ?? port, "Cluster:SiloPort");
            if (cluster.GatewayPort > 0) ListeningPort.Check(address, cluster.GatewayPort, "Cluster:GatewayPort");
            options.AdvertisedIPAddress = cluster.Advertise;
            options.SiloPort = port > 0 ? port : bound; // what others are told: behind a port mapping it is another than the one listened on
            options.GatewayPort = cluster.GatewayPort;
            if (cluster.Listen is null) return;
            options.SiloListeningEndpoint = new IPEndPoint(address, bound);
            if (cluster.GatewayPort > 0) options.GatewayListeningEndpoint = new IPEndPoint(address, cluster.GatewayPort);
        });
        silo.Services.Configure<ClusterMembershipOptions>(DeclareDeadWithinSeconds);
        var redis = RedisConfiguration.Of(settings.Store);
        silo.UseRedisClustering(options => options.ConfigurationOptions = redis);
        silo.AddRedisGrainStorageAsDefault(options => options.ConfigurationOptions = redis);
        silo.UseRedisReminderService(options => options.ConfigurationOptions = redis);
        silo.Services.AddSingleton<IClusterMembers, OrleansMembers>();
        silo.Services.AddHostedService<OrleansRowWatch>();
    }

    /// <summary>
    /// A silo that is gone misses three probes of one second; one that all are gone with, as after a power cut, counts as gone when its row is two seconds old:
    /// a silo that joins watches only rows that are that old when it looks, once.
    /// </summary>
    private static void DeclareDeadWithinSeconds(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedTableIAmAliveLimit = 2;
    }
}
