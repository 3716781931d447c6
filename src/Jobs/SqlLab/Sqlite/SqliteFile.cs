namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>A database in a file.</summary>
/// <param name="path">The file's full path.</param>
internal sealed class SqliteFile(string path) : ISqliteSource
{
    // As a URI, so that a name such as ":memory:" or one with a question mark is a file like any other.
    public string Address { get; } = "file:" + string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    public void Dispose()
    {
    }
}
