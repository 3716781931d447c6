using Microsoft.Extensions.DependencyInjection;
using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>The job types of this pack.</summary>
public static class SqlLabJobs
{
    /// <summary>Name of the type that runs one query.</summary>
    public const string QueryType = "sql.query";

    /// <summary>All types of this pack, to be registered with the host.</summary>
    public static IReadOnlyList<JobType> Types { get; } = [Query()];

    // An SQL error stays an error, and a statement may have effects: one attempt unless the submit asks for more.
    // The soft limit leaves ten seconds to stop the query inside the database and to confirm that it is gone.
    private static JobType Query() => JobType.Create<SqlQueryArgs, SqlQueryResult>(
        QueryType,
        new JobTypeOptions
        {
            Description = "Runs one SQL statement on a configured database and keeps its rows.",
            MaxAttempts = 1,
            TimeLimits = new TimeLimits(SqlQueryArgs.MaxTimeout, SqlQueryArgs.MaxTimeout - TimeSpan.FromSeconds(10)),
        },
        services => services.GetRequiredService<SqlQueryHandler>());
}
