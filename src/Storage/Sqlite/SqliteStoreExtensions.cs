using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Molino.Clustering;
using Molino.Storage.Moving;
using Molino.Storage.Sqlite.Content;
using Molino.Storage.Sqlite.Events;
using Molino.Storage.Sqlite.Moving;
using Molino.Storage.Sqlite.Retention;
using Molino.Storage.Sqlite.State;

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
        services.AddSingleton<IJobContentStore>(provider => new SqliteContentStore(provider.GetRequiredService<SqliteEngine>()));
        services.AddSingleton<IEventLog>(provider => new SqliteEventLog(provider.GetRequiredService<SqliteEngine>()));
        services.AddSingleton<IStoreUpkeep>(provider => new SqliteUpkeep(provider.GetRequiredService<SqliteEngine>()));
        services.AddSingleton<IStateStore>(provider => new SqliteGrainState(provider.GetRequiredService<SqliteEngine>()));
        services.AddSingleton<IStoreExport>(provider => new SqliteStoreExport(provider.GetRequiredService<SqliteEngine>()));
        services.AddSingleton<IStoreImport>(provider => new SqliteStoreImport(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IReminderTable>(provider => new SqliteReminderTable(provider.GetRequiredService<SqliteEngine>()));
        return services;
    }
}
