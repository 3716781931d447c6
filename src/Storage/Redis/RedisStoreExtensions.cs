using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Molino.Clustering;
using Molino.Storage.Moving;
using Molino.Storage.Redis.Clustering;
using Molino.Storage.Redis.Content;
using Molino.Storage.Redis.Events;
using Molino.Storage.Redis.Moving;
using Molino.Storage.Redis.Retention;
using Molino.Storage.Redis.State;

namespace Molino.Storage.Redis;

/// <summary>Registers the store in Redis.</summary>
public static class RedisStoreExtensions
{
    /// <summary>Keeps jobs, events, content and grain state in Redis; many silos may share it. Every port is a face of the one store.</summary>
    /// <remarks>
    /// Times for due and expiry are the server's, unless another <see cref="TimeProvider"/> than <see cref="TimeProvider.System"/> is registered. Where none is,
    /// this registers <see cref="StoreTime"/>, so that what a silo adds to the present (delays, waits before a retry) is the server's time too.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; a wrong value throws <see cref="OptionsValidationException"/> at first use.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRedisStore(this IServiceCollection services, Action<RedisStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<RedisStoreOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisStoreOptions>, RedisStoreOptionsValidator>());
        services.TryAddSingleton<TimeProvider>(static _ => new StoreTime(TimeProvider.System));
        services.AddSingleton(provider => new RedisEngine(
            provider.GetRequiredService<IOptions<RedisStoreOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Molino.Storage.Redis")));
        services.AddSingleton<IJobStore>(provider => new RedisJobStore(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IJobContentStore>(provider => new RedisContentStore(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IEventLog>(provider => new RedisEventLog(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IStoreUpkeep>(provider => new RedisUpkeep(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IStateStore>(provider => new RedisGrainState(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IStoreExport>(provider => new RedisStoreExport(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IStoreImport>(provider => new RedisStoreImport(
            provider.GetRequiredService<IOptions<RedisStoreOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMembershipTable>(provider => new RedisMembershipTable(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<ISiloBoard>(provider => new RedisSiloBoard(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IReminderTable>(provider => new RedisReminderTable(provider.GetRequiredService<RedisEngine>()));
        services.AddSingleton<IStoreReplacement>(provider => provider.GetRequiredService<RedisEngine>());
        return services;
    }
}
