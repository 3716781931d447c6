namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>A database cannot be opened.</summary>
/// <param name="code">SQLite's result code.</param>
/// <param name="message">SQLite's message.</param>
internal sealed class SqliteOpenException(int code, string message) : Exception($"{message} (code {code})");
