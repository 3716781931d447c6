using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Core;
using Molino.Execution.Inline;
using Molino.Execution.Processes;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>Registers the pools.</summary>
public static class ExecutionServiceCollectionExtensions
{
    /// <summary>Adds the pools and the service that runs them. Needs the store, <see cref="QueueBells"/>, <see cref="SiloInfo"/>, <see cref="IJobTypeRegistry"/> and <see cref="IChildSubmitter"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="pools">The pools by name.</param>
    /// <param name="siloKey">Tells this silo's child processes from those of others across restarts, for example the store's path.</param>
    /// <param name="dataFolder">Where child processes are recorded, so that a restart can end leftovers.</param>
    /// <exception cref="ConfigurationException">A pool's kind is unknown.</exception>
    public static IServiceCollection AddMolinoExecution(this IServiceCollection services, IReadOnlyDictionary<string, PoolOptions> pools, string siloKey, string dataFolder)
    {
        services.AddOptions<ExecutionOptions>();
        services.AddSingleton(provider => new PoolServices(
            provider.GetRequiredService<SiloInfo>(),
            provider.GetRequiredService<QueueBells>(),
            provider.GetRequiredService<IJobStore>(),
            provider.GetRequiredService<IJobContentStore>(),
            provider.GetRequiredService<IJobTypeRegistry>(),
            provider.GetRequiredService<IChildSubmitter>(),
            provider.GetRequiredService<IOptions<ExecutionOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new SiloProcesses(
            siloKey, dataFolder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SiloProcesses>>()));
        services.AddSingleton<IProcessSupervisor>(provider => new ProcessSupervisor(
            provider.GetRequiredService<SiloProcesses>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAttemptRunnerFactory, InlineRunnerFactory>();
        services.AddSingleton<IAttemptRunnerFactory, ProcessRunnerFactory>();
        services.AddSingleton<LocalDoorbell>();
        services.AddSingleton(provider => CreatePools(provider, pools));
        services.AddSingleton<IPoolDirectory>(provider => provider.GetRequiredService<PoolSet>());
        services.AddSingleton<PoolService>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<PoolService>());
        return services;
    }

    private static PoolSet CreatePools(IServiceProvider provider, IReadOnlyDictionary<string, PoolOptions> pools)
    {
        var factories = provider.GetServices<IAttemptRunnerFactory>().ToDictionary(factory => factory.Kind, StringComparer.OrdinalIgnoreCase);
        var services = provider.GetRequiredService<PoolServices>();
        var set = new PoolSet([.. pools.Select(pool =>
        {
            if (!factories.TryGetValue(pool.Value.Kind, out var factory))
                throw new ConfigurationException($"Pools:{pool.Key}:Kind", $"'{pool.Value.Kind}' is not known; there are {string.Join(", ", factories.Keys)}.");
            return new Pool(pool.Key, pool.Value, factory.Create(pool.Key, pool.Value), services);
        })]);
        provider.GetRequiredService<LocalDoorbell>().Attach(set);
        return set;
    }
}
