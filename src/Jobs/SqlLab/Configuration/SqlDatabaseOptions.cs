namespace Molino.Jobs.SqlLab;

/// <summary>One database: the configuration section <c>Sql:Databases:&lt;name&gt;</c>. Which settings apply depends on the kind.</summary>
public sealed class SqlDatabaseOptions
{
    /// <summary><c>ClickHouse</c>, <c>Postgres</c>, <c>Sqlite</c>, or a kind added by the host.</summary>
    public string Kind { get; set; } = "";

    /// <summary>ClickHouse: <c>http://host:8123</c>. Postgres: a connection string.</summary>
    public string? Url { get; set; }

    /// <summary>The database on the server, if not its default.</summary>
    public string? Database { get; set; }

    /// <summary>The login name, if not the server's default.</summary>
    public string? User { get; set; }

    /// <summary>A file whose first line is the password. Read at each connection, so that a rotated password needs no restart.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Sqlite: the file; relative to the working folder. None for the bundled sample.</summary>
    public string? Path { get; set; }

    /// <summary>Settings that the server gets with each query, by its own names: ClickHouse query settings, Postgres run-time parameters.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the password.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The file's first line, or null when no file is configured.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<string?> ReadPasswordAsync(CancellationToken cancellationToken)
    {
        if (PasswordFile is null) return null;
        using var reader = new StreamReader(PasswordFile);
        return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "";
    }
}
