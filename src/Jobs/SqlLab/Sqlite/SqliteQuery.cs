using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>One run of one statement, on a read-only connection of its own.</summary>
internal sealed class SqliteQuery
{
    /// <summary>Virtual machine steps between two looks at the token: well below a millisecond.</summary>
    private const int StepsBetweenLooks = 10_000;

    private readonly string _database;
    private readonly sqlite3 _connection;
    private readonly byte[] _sql;
    private readonly SqlRowSink _sink;
    private readonly CancellationToken _cancellationToken;
    private int _start;

    private SqliteQuery(string database, sqlite3 connection, string sql, SqlRowSink sink, CancellationToken cancellationToken)
    {
        _database = database;
        _connection = connection;
        _sql = Encoding.UTF8.GetBytes(sql);
        _sink = sink;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Opens the database, runs the statement and closes it again.</summary>
    public static async Task RunAsync(string database, ISqliteSource source, string sql, SqlRowSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Open(database, source);
        raw.sqlite3_limit(connection, raw.SQLITE_LIMIT_ATTACHED, 0); // no way to other files: ATTACH, VACUUM INTO
        raw.sqlite3_limit(connection, raw.SQLITE_LIMIT_LENGTH, SqlRowSink.MaxRowBytes);
        raw.sqlite3_busy_timeout(connection, 5000);
        // The handler sees a token that was cancelled before the step began; the interrupt also reaches what runs outside of the virtual machine, such as a sort.
        raw.sqlite3_progress_handler(connection, StepsBetweenLooks, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection));
        await new SqliteQuery(database, connection, sql, sink, cancellationToken).RunAsync().ConfigureAwait(false);
    }

    private static sqlite3 Open(string database, ISqliteSource source)
    {
        try
        {
            return SqliteConnectionHandle.Open(source.Address, raw.SQLITE_OPEN_READONLY);
        }
        catch (SqliteOpenException error)
        {
            throw new DatabaseUnreachableException(database, error.Message, error);
        }
    }

    private async Task RunAsync()
    {
        using var statement = Prepare();
        var columns = raw.sqlite3_column_count(statement);
        var code = Step(statement);
        if (columns > 0) _sink.Begin([.. Enumerable.Range(0, columns).Select(column => ColumnOf(statement, column, hasRow: code == raw.SQLITE_ROW))]);
        await using var writer = new Utf8JsonWriter(_sink.Row, JsonText.Options);
        while (code == raw.SQLITE_ROW && _sink.TryBeginRow())
        {
            WriteRow(writer, statement, columns);
            await _sink.EndRowAsync(_cancellationToken).ConfigureAwait(false);
            writer.Reset();
            code = Step(statement);
        }
    }

    /// <summary>Compiles the one statement of the text; comments and semicolons around it are fine.</summary>
    private sqlite3_stmt Prepare()
    {
        var (statement, rest) = PrepareNext(_sql);
        while (statement.IsInvalid && rest.Length > 0) (statement, rest) = PrepareNext(rest);
        if (statement.IsInvalid) throw SqlErrors.Server(SqlErrors.Syntax, "The text holds no statement.", "1", null);
        try
        {
            while (rest.Length > 0)
            {
                var second = _sql.Length - rest.Length;
                (var following, rest) = PrepareNext(rest);
                using (following)
                {
                    if (!following.IsInvalid) throw SqlErrors.MultipleStatements(PositionOf(second));
                }
            }

            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private (sqlite3_stmt Statement, byte[] Remaining) PrepareNext(byte[] text)
    {
        _start = _sql.Length - text.Length;
        var code = raw.sqlite3_prepare_v2(_connection, text, out var statement, out var tail);
        if (code != raw.SQLITE_OK) throw ErrorOf(code, SqliteConnectionHandle.ErrorOffset(_connection));
        return (statement, tail.ToArray());
    }

    private int Step(sqlite3_stmt statement)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE) return code;
        if (code == raw.SQLITE_INTERRUPT) _cancellationToken.ThrowIfCancellationRequested();
        throw ErrorOf(code, -1);
    }

    private Exception ErrorOf(int code, int offset)
    {
        var message = raw.sqlite3_errmsg(_connection).utf8_to_string();
        var extended = FormattableString.Invariant($"{raw.sqlite3_extended_errcode(_connection)}");
        return (code & 0xff) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new TransientSqlException(_database, extended, message),
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => new DatabaseUnreachableException(_database, $"{message} (code {extended})"),
            raw.SQLITE_INTERRUPT => new OperationCanceledException(_cancellationToken),
            _ => SqlErrors.Server(TypeOf(message), message, extended, offset < 0 ? null : PositionOf(_start + offset)),
        };
    }

    // SQLite has one code for all of them.
    private static string TypeOf(string message) => message switch
    {
        _ when message.StartsWith("no such table", StringComparison.Ordinal) => SqlErrors.UnknownTableType,
        _ when message.EndsWith("syntax error", StringComparison.Ordinal) || message.StartsWith("incomplete input", StringComparison.Ordinal)
            || message.StartsWith("unrecognized token", StringComparison.Ordinal) => SqlErrors.Syntax,
        _ => SqlErrors.Sql,
    };

    private SqlPosition PositionOf(int offset) =>
        SqlPosition.OfCharacter(Encoding.UTF8.GetString(_sql), Encoding.UTF8.GetString(_sql, 0, Math.Min(offset, _sql.Length)).EnumerateRunes().Count());

    // An expression has no declared type: the first row's value tells, as far as one can.
    private static SqlColumn ColumnOf(sqlite3_stmt statement, int column, bool hasRow)
    {
        var declared = raw.sqlite3_column_decltype(statement, column).utf8_to_string();
        var type = !string.IsNullOrEmpty(declared) ? declared : (hasRow ? raw.sqlite3_column_type(statement, column) : raw.SQLITE_NULL) switch
        {
            raw.SQLITE_INTEGER => "INTEGER",
            raw.SQLITE_FLOAT => "REAL",
            raw.SQLITE_TEXT => "TEXT",
            raw.SQLITE_BLOB => "BLOB",
            _ => "ANY",
        };
        return new SqlColumn(raw.sqlite3_column_name(statement, column).utf8_to_string(), type, SqlColumnKind.Dynamic);
    }

    private static void WriteRow(Utf8JsonWriter writer, sqlite3_stmt statement, int columns)
    {
        writer.WriteStartArray();
        for (var column = 0; column < columns; column++) WriteValue(writer, statement, column);
        writer.WriteEndArray();
        writer.Flush();
    }

    private static void WriteValue(Utf8JsonWriter writer, sqlite3_stmt statement, int column)
    {
        const long maxExact = 1L << 53;
        switch (raw.sqlite3_column_type(statement, column))
        {
            case raw.SQLITE_INTEGER:
                var number = raw.sqlite3_column_int64(statement, column);
                if (number is >= -maxExact and <= maxExact) writer.WriteNumberValue(number);
                else writer.WriteStringValue(FormattableString.Invariant($"{number}"));
                break;
            case raw.SQLITE_FLOAT:
                JsonText.WriteDouble(writer, raw.sqlite3_column_double(statement, column));
                break;
            case raw.SQLITE_TEXT:
                raw.sqlite3_column_text(statement, column); // makes it UTF-8; the bytes are then read with their length, so that a NUL does not end them
                JsonText.WriteUtf8(writer, raw.sqlite3_column_blob(statement, column));
                break;
            case raw.SQLITE_BLOB:
                writer.WriteStartObject();
                writer.WriteBase64String("base64", raw.sqlite3_column_blob(statement, column));
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
