using System.Diagnostics.CodeAnalysis;

namespace Molino.Jobs.SqlLab;

/// <summary>The configured databases.</summary>
public interface ISqlDatabases
{
    /// <summary>Their names, sorted.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Finds a database.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The database, when the answer is true.</param>
    bool TryGet(string name, [NotNullWhen(true)] out ISqlDatabase? database);

    /// <summary>Lists all databases and whether each is reachable now; asked at the same time, each for at most five seconds.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<SqlDatabaseStatus>> ListAsync(CancellationToken cancellationToken);
}
