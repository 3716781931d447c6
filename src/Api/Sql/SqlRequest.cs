using System.Buffers;
using System.Text.Json;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>The body of <c>POST /api/sql/queries</c>. What its values mean is judged by the job type.</summary>
/// <param name="Database">Name of a configured database.</param>
/// <param name="Sql">One statement.</param>
/// <param name="Limit">Rows to keep.</param>
/// <param name="Timeout">How long the query may run.</param>
/// <param name="Cache">Only false: the result cache is not available in this version.</param>
internal sealed record SqlRequest(string? Database, string? Sql, int? Limit = null, TimeSpan? Timeout = null, bool? Cache = null)
{
    private const int DatabaseField = 0, SqlField = 1, LimitField = 2, TimeoutField = 3, CacheField = 4;

    private static readonly FieldNames Fields = new("database", "sql", "limit", "timeout", "cache");

    /// <summary>Reads it.</summary>
    /// <param name="body">JSON.</param>
    /// <exception cref="JobValidationException">A field is wrong.</exception>
    public static SqlRequest Read(ReadOnlySpan<byte> body)
    {
        var reader = JobRequests.Open(body, Fields);
        string? database = null, sql = null;
        int? limit = null;
        TimeSpan? timeout = null;
        bool? cache = null;
        for (var field = reader.NextField(); field >= 0; field = reader.NextField())
        {
            switch (field)
            {
                case DatabaseField: database = reader.Text(); break;
                case SqlField: sql = reader.Text(); break;
                case LimitField: limit = reader.Integer(); break;
                case TimeoutField: timeout = reader.Duration(); break;
                case CacheField:
                    cache = reader.Flag();
                    if (cache is true) reader.NoteNotAvailable();
                    break;
            }
        }

        reader.End();
        var errors = reader.Errors;
        if (database is null && !errors.Messages.ContainsKey("database")) errors.Add("database", "Is required.");
        if (sql is null && !errors.Messages.ContainsKey("sql")) errors.Add("sql", "Is required.");
        errors.ThrowIfAny(ErrorCodes.InvalidJob);
        return new SqlRequest(database, sql, limit, timeout, cache);
    }

    /// <summary>The arguments of the job that runs the query.</summary>
    public RawJson ToArgs()
    {
        var buffer = new ArrayBufferWriter<byte>(Sql!.Length + 128);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MolinoJson.Options.Encoder });
        writer.WriteStartObject();
        writer.WriteString("database"u8, Database);
        writer.WriteString("sql"u8, Sql);
        if (Limit is { } limit) writer.WriteNumber("limit"u8, limit);
        if (Timeout is { } timeout) writer.WriteNumber("timeout"u8, timeout.TotalSeconds);
        if (Cache is { } cache) writer.WriteBoolean("cache"u8, cache);
        writer.WriteEndObject();
        writer.Flush();
        return new RawJson(buffer.WrittenMemory);
    }
}
