using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Client;
using Molino.Clustering;
using Molino.Core;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;
using Molino.Storage.Redis;
using Molino.Storage.Sqlite;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Molino.Hosting;

/// <summary>Makes a host a Molino silo.</summary>
public static class MolinoHostExtensions
{
    /// <summary>Adds a silo: store, actors, pools, job types, and an <see cref="IMolinoTransport"/> that calls it directly.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Adds job types and pools.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ConfigurationException">A key or value of the configuration cannot be used; the message names the key.</exception>
    public static IHostApplicationBuilder AddMolino(this IHostApplicationBuilder builder, Action<MolinoBuilder>? configure = null)
    {
        var settings = SiloSettings.Read(builder.Configuration);
        var molino = new MolinoBuilder(builder.Services, builder.Configuration);
        configure?.Invoke(molino);

        var services = builder.Services;
        AddStore(services, settings); // brings the clock, unless the host has one
        AddIdentity(services, settings);
        services.AddSingleton<IJobTypeRegistry>(new JobTypeRegistry(molino.Types));
        services.AddSingleton<IHostedService, StoreService>(); // first: nothing starts before the store is open
        AddInsight(services, settings);
        builder.UseOrleans(silo => AddRuntime(silo, settings));
        AddGrains(services, settings);
        AddExecution(services, settings, molino, new SiloPaths(settings.Store.Path));
        AddTransport(services, settings);
        return builder;
    }

    /// <summary>
    /// Adds what stands in for a silo that cannot start because its store was replaced (<c>store_replaced</c>): an <see cref="IMolinoTransport"/> that says so and lets an
    /// operator accept the store, and <see cref="StoreWait"/>, which ends the host once the silo may start.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ConfigurationException">A key or value of the configuration cannot be used; the message names the key.</exception>
    public static IHostApplicationBuilder AddMolinoWaiting(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = SiloSettings.Read(builder.Configuration);
        var services = builder.Services;
        AddStore(services, settings);
        AddIdentity(services, settings);
        services.AddSingleton(provider => new StoreWait(
            provider.GetRequiredService<IJobStore>(),
            provider.GetRequiredService<KnownStore>(),
            provider.GetRequiredService<SiloInfo>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StoreWait>>()));
        services.AddHostedService(provider => provider.GetRequiredService<StoreWait>());
        services.AddSingleton<StoreAcceptor>().AddSingleton<IMolinoTransport, WaitingTransport>();
        return builder;
    }

    /// <summary>Adds the job types alone, for a child runner: what <see cref="Execution.Runner.MolinoRunner.TryRunAsync"/> needs.</summary>
    /// <param name="services">The child's services.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="configure">Adds job types, as in the silo.</param>
    public static IServiceCollection AddMolinoJobs(this IServiceCollection services, IConfiguration configuration, Action<MolinoBuilder> configure)
    {
        var molino = new MolinoBuilder(services, configuration);
        configure(molino);
        return services.AddSingleton<IJobTypeRegistry>(new JobTypeRegistry(molino.Types));
    }

    private static void AddIdentity(IServiceCollection services, SiloSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SiloIdentity.Create(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new SiloPaths(settings.Store.Path));
    }

    private static void AddStore(IServiceCollection services, SiloSettings settings)
    {
        var known = settings.Store.Known(settings.Cluster.Id);
        services.AddSingleton(known);
        if (settings.Store.IsRedis)
        {
            GiveUpMachineClock(services);
            services.AddRedisStore(options => settings.Store.Apply(options, known.Key, settings.Retention));
        }
        else
        {
            services.AddSqliteStore(settings.Store.Apply);
        }

        services.AddSingleton(provider => new ProcessMemory(settings.Store.ProcessMemoryHighPercent, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new StoreDescription(settings.Store.Describe(settings.Cluster)));
        services.AddSingleton(settings.Retention);
    }

    /// <summary>
    /// The machine's clock, which other features register as a matter of course, makes room for the store's. A clock that the host chose stays.
    /// </summary>
    private static void GiveUpMachineClock(IServiceCollection services)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == typeof(TimeProvider) && ReferenceEquals(services[i].ImplementationInstance, TimeProvider.System)) services.RemoveAt(i);
        }
    }

    /// <summary>After the store and before all else, so that the silo is seen until all else has stopped.</summary>
    private static void AddInsight(IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton<SiloDuty>().AddSingleton<LocalReport>().AddSingleton<ClusterSight>().AddSingleton<SiloOrders>();
        if (!settings.Store.IsRedis)
        {
            services.AddSingleton<ISiloBoard, SoloBoard>();
            return;
        }

        services.AddSingleton<IHostedService>(provider => new ClusterPactCheck(
            provider.GetRequiredService<ISiloBoard>(),
            provider.GetRequiredService<IJobStore>(),
            provider.GetRequiredService<LocalReport>(),
            key => ActorRuntime.Pact(settings.Cluster, key),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService, SiloPosting>();
    }

    private static void AddRuntime(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.AddKeyedSingleton<IGrainStorage>(StateStoreGrainStorage.Name, (provider, _) => new StateStoreGrainStorage(provider.GetRequiredService<IStateStore>()));
        silo.Services.AddOptions<SiloOptions>().Configure<SiloInfo>((options, info) => options.SiloName = info.Id);
        silo.Services.Configure<ClusterOptions>(options => options.ClusterId = settings.Cluster.Id);
        ActorRuntime.Configure(silo, settings);
        if (!settings.Store.IsRedis) return;
        silo.Services.AddSingleton<ISiloAddressSource, MemberAddress>();
        silo.Services.AddHostedService<DeadSiloRecovery>();
        silo.Services.AddSingleton(provider => new SiloRemoval(
            provider.GetRequiredService<ISiloMembership>(),
            provider.GetRequiredService<SiloInfo>(),
            provider.GetRequiredService<IPoolDirectory>(),
            provider.GetRequiredService<SiloDuty>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILogger<SiloRemoval>>()));
        silo.Services.AddHostedService(provider => provider.GetRequiredService<SiloRemoval>());
    }

    private static void AddGrains(IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton<JobWatch>();
        var queues = settings.Queues.ToDictionary(queue => queue.Key, queue => new QueueOptions(queue.Value.Aging, queue.Value.Shards), StringComparer.Ordinal);
        services.AddSingleton(provider => new QueueBells(provider.GetRequiredService<IGrainFactory>(), queues));
    }

    private static void AddExecution(IServiceCollection services, SiloSettings settings, MolinoBuilder molino, SiloPaths paths)
    {
        var pools = new Dictionary<string, PoolOptions>(molino.Pools, StringComparer.Ordinal);
        foreach (var (name, options) in settings.Pools) pools[name] = options;
        if (pools.Count == 0) pools["default"] = new PoolOptions();
        services.Configure<ExecutionOptions>(options => options.DrainTimeout = settings.DrainTimeout);
        services.AddMolinoExecution(pools, paths.StoreFile, paths.DataFolder);
        services.AddSingleton<IHostedService, UpkeepService>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTimeout + TimeSpan.FromSeconds(30));
    }

    private static void AddTransport(IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(new SubmissionDefaults(
            new RouteTable(settings.Routes),
            queue => settings.Queues.TryGetValue(queue, out var options) ? options.MaxAttempts : null));
        services.AddSingleton<JobSpecFactory>();
        services.AddSingleton<CommitPulse>();
        services.AddSingleton<JobEnds>();
        services.AddSingleton<SiloLife>();
        services.AddSingleton<JobFinder>();
        services.AddSingleton<GrainCalls>().AddSingleton<LocalSubmits>().AddSingleton<LocalJobReads>().AddSingleton<LocalJobChanges>();
        services.AddSingleton<LocalEvents>().AddSingleton<LocalQueues>().AddSingleton<LocalCluster>().AddSingleton<StoreAcceptor>();
        services.AddSingleton<IMolinoTransport, LocalTransport>();
        services.AddSingleton<IChildSubmitter, ChildSubmitter>();
    }
}
