namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>Where a database is.</summary>
internal interface ISqliteSource : IDisposable
{
    /// <summary>The file's name, or its URI, to be opened read-only.</summary>
    string Address { get; }
}
