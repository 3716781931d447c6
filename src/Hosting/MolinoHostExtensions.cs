using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Molino.Client;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SiloIdentity.Create(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJobTypeRegistry>(new JobTypeRegistry(molino.Types));
        AddStore(services, settings);
        builder.UseOrleans(silo => AddRuntime(silo, settings));
        AddGrains(services, settings);
        var paths = new SiloPaths(settings.Store.Path);
        services.AddSingleton(paths);
        AddExecution(services, settings, molino, paths);
        AddTransport(services, settings);
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

    private static void AddStore(IServiceCollection services, SiloSettings settings)
    {
        if (settings.Store.IsRedis) services.AddRedisStore(settings.Store.Apply);
        else services.AddSqliteStore(settings.Store.Apply);
        services.AddSingleton(provider => new ProcessMemory(settings.Store.ProcessMemoryHighPercent, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new StoreDescription(settings.Store.Describe(settings.Cluster)));
        services.AddSingleton<IHostedService, StoreService>(); // first: nothing starts before the store is open
        services.AddSingleton(settings.Retention);
    }

    private static void AddRuntime(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.AddKeyedSingleton<IGrainStorage>(StateStoreGrainStorage.Name, (provider, _) => new StateStoreGrainStorage(provider.GetRequiredService<IStateStore>()));
        silo.Services.AddOptions<SiloOptions>().Configure<SiloInfo>((options, info) => options.SiloName = info.Id);
        silo.Services.Configure<ClusterOptions>(options => options.ClusterId = settings.Cluster.Id);
        ActorRuntime.Configure(silo, settings);
        if (!settings.Store.IsRedis) return;
        silo.Services.AddHostedService<DeadSiloRecovery>();
        silo.Services.AddSingleton<SiloRemoval>();
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
        services.AddSingleton<LocalSubmits>().AddSingleton<LocalJobReads>().AddSingleton<LocalJobChanges>();
        services.AddSingleton<LocalEvents>().AddSingleton<LocalQueues>().AddSingleton<LocalCluster>();
        services.AddSingleton<IMolinoTransport, LocalTransport>();
        services.AddSingleton<IChildSubmitter, ChildSubmitter>();
    }
}
