namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>SQLite files, and the bundled sample. Opened read-only.</summary>
internal sealed class SqliteKind(TimeProvider time) : ISqlDatabaseKind
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "Sqlite";

    public string Name => KindName;

    public IEnumerable<string> Validate(string key, SqlDatabaseOptions options)
    {
        var isSample = key.EndsWith(":" + SqlLabOptions.SampleName, StringComparison.OrdinalIgnoreCase);
        if (options.Path is null && !isSample) yield return $"{key}:Path: missing; the database's file.";
        if (options.Url is not null) yield return $"{key}:Url: not a setting of Sqlite; see Path.";
        if (options.Database is not null) yield return $"{key}:Database: not a setting of Sqlite; see Path.";
        if (options.User is not null) yield return $"{key}:User: not a setting of Sqlite.";
        if (options.PasswordFile is not null) yield return $"{key}:PasswordFile: not a setting of Sqlite.";
        if (options.Settings.Count > 0) yield return $"{key}:Settings: not a setting of Sqlite.";
    }

    public ISqlDatabase Create(string name, SqlDatabaseOptions options, TimeSpan stopTimeout)
    {
        ISqliteSource source = options.Path is { } path ? new SqliteFile(Path.GetFullPath(path)) : new SqliteSample();
        return new SqliteDatabase(name, source, stopTimeout, time);
    }
}
