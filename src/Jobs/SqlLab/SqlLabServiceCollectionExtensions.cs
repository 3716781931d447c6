using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Molino.Jobs.SqlLab.ClickHouse;
using Molino.Jobs.SqlLab.Postgres;
using Molino.Jobs.SqlLab.Sqlite;

namespace Molino.Jobs.SqlLab;

/// <summary>Registers the SQL job pack.</summary>
public static class SqlLabServiceCollectionExtensions
{
    /// <summary>Adds what <see cref="SqlLabJobs.Types"/> need: databases, their kinds and the handler. The settings are checked when the host starts.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="sql">The configuration section <c>Sql</c>; it may be empty.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSqlLab(this IServiceCollection services, IConfigurationSection sql)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ISqlDatabaseKind, ClickHouseKind>();
        services.AddSingleton<ISqlDatabaseKind, PostgresKind>();
        services.AddSingleton<ISqlDatabaseKind, SqliteKind>();
        services.AddOptions<SqlLabOptions>().Bind(sql).PostConfigure(AddSample).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SqlLabOptions>>(provider => new SqlLabOptionsValidator(sql, provider.GetServices<ISqlDatabaseKind>()));
        services.AddSingleton<ISqlDatabases, SqlDatabases>();
        services.AddTransient<SqlQueryHandler>();
        return services;
    }

    private static void AddSample(SqlLabOptions options)
    {
        if (options.Sample) options.Databases.TryAdd(SqlLabOptions.SampleName, new SqlDatabaseOptions { Kind = SqliteKind.KindName });
    }
}
