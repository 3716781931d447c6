namespace Molino.Jobs.SqlLab;

/// <summary>A kind of database, such as ClickHouse. Register one with <c>services.AddSingleton&lt;ISqlDatabaseKind, MyKind&gt;()</c>; nothing else knows the kinds.</summary>
public interface ISqlDatabaseKind
{
    /// <summary>The value of <c>Sql:Databases:&lt;name&gt;:Kind</c>; compared without case.</summary>
    string Name { get; }

    /// <summary>Checks the settings of one database of this kind; no I/O beyond looking for files.</summary>
    /// <param name="key">The database's configuration key, <c>Sql:Databases:&lt;name&gt;</c>.</param>
    /// <param name="options">Its settings.</param>
    /// <returns>What is wrong, each starting with the key of the setting; empty when all is well.</returns>
    IEnumerable<string> Validate(string key, SqlDatabaseOptions options);

    /// <summary>Makes the database's client. No connection is opened yet.</summary>
    /// <param name="name">The database's configured name.</param>
    /// <param name="options">Valid settings.</param>
    /// <param name="stopTimeout">See <see cref="SqlLabOptions.StopTimeout"/>.</param>
    ISqlDatabase Create(string name, SqlDatabaseOptions options, TimeSpan stopTimeout);
}
