using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Molino.Storage.Sqlite;

/// <summary>Registers the store in SQLite.</summary>
public static class SqliteStoreExtensions
{
    /// <summary>Keeps jobs, events, content and grain state in one SQLite file. Every port is a face of the one store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; a wrong value throws <see cref="OptionsValidationException"/> at first use.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<SqliteStoreOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SqliteEngine(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Molino.Storage.Sqlite")));
        services.AddSingleton<IJobStore>(provider => new SqliteJobStore(provider.GetRequiredService<SqliteEngine>()));
        return services;
    }
}
