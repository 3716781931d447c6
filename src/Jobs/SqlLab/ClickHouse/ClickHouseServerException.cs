using System.Globalization;
using System.Text;
using Molino.Core;

namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>An error that ClickHouse wrote, as the body of a refusal or at the end of a result that it had begun.</summary>
internal sealed class ClickHouseServerException : Exception
{
    private const string CodeText = "Code: ";
    private const string PositionText = "failed at position ";

    private ClickHouseServerException(int code, string message, string full)
        : base(message)
    {
        Code = code;
        Full = full;
    }

    /// <summary>The server's code, see its ErrorCodes.cpp.</summary>
    public int Code { get; }

    /// <summary>The server's whole message.</summary>
    public string Full { get; }

    /// <summary>Whether the user or password is wrong: UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED.</summary>
    public bool IsLoginRefused => Code is 192 or 193 or 194 or 516;

    /// <summary>Whether another query of the same id is running: QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING.</summary>
    public bool IsDuplicate => Code is 216;

    /// <summary>Finds the last error in a text; null when there is none.</summary>
    /// <remarks>18.16 writes <c>Code: 62, e.displayText() = DB::Exception: ..., e.what() = DB::Exception</c>, later servers <c>Code: 62. DB::Exception: ... (version ...)</c>.</remarks>
    public static ClickHouseServerException? Find(string text)
    {
        for (var start = text.LastIndexOf(CodeText, StringComparison.Ordinal); start >= 0; start = start == 0 ? -1 : text.LastIndexOf(CodeText, start - 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(start + CodeText.Length);
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 6) continue;
            var after = rest[digits..];
            if (!after.StartsWith(", e.displayText() = ", StringComparison.Ordinal) && !after.StartsWith(". ", StringComparison.Ordinal)) continue;
            var message = after.IndexOf("Exception: ", StringComparison.Ordinal);
            if (message < 0) continue;
            var full = Until(Until(after[(message + "Exception: ".Length)..], ", e.what() = "), " (version ").Trim();
            return new ClickHouseServerException(int.Parse(rest[..digits], CultureInfo.InvariantCulture), Until(full, " Expected one of").ToString().ReplaceLineEndings(" "), full.ToString());
        }

        return null;
    }

    /// <summary>The error as a job's error.</summary>
    public Exception ToJobError(string database, SqlStatement statement) => Code switch
    {
        62 when Full.Contains("Multi-statements are not allowed", StringComparison.Ordinal) => SqlErrors.MultipleStatements(Position(statement.Sql), this),
        62 => Permanent(SqlErrors.Syntax, statement),
        60 => Permanent(SqlErrors.UnknownTableType, statement), // UNKNOWN_TABLE
        158 or 307 or 396 => Permanent(SqlErrors.TooManyRows, statement), // TOO_MANY_ROWS, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES
        159 or 160 => SqlErrors.TimeLimit(statement.Timeout, this), // TIMEOUT_EXCEEDED, TOO_SLOW
        202 or 209 or 210 or 252 or 279 => new TransientSqlException(database, Code.ToString(CultureInfo.InvariantCulture), Message, this), // too many queries, network, too many parts, no replica
        _ => Permanent(SqlErrors.Sql, statement),
    };

    private static ReadOnlySpan<char> Until(ReadOnlySpan<char> text, string end) => text.LastIndexOf(end, StringComparison.Ordinal) is > 0 and var found ? text[..found] : text;

    private PermanentJobException Permanent(string type, SqlStatement statement) =>
        SqlErrors.Server(type, Message, Code.ToString(CultureInfo.InvariantCulture), Position(statement.Sql), Full, this);

    // The server counts bytes from 1.
    private SqlPosition? Position(string sql)
    {
        var start = Full.IndexOf(PositionText, StringComparison.Ordinal);
        if (start < 0) return null;
        var digits = Full.AsSpan(start + PositionText.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        if (!int.TryParse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture, out var position)) return null;
        var bytes = Encoding.UTF8.GetBytes(sql);
        return SqlPosition.OfCharacter(sql, Encoding.UTF8.GetString(bytes, 0, Math.Clamp(position - 1, 0, bytes.Length)).EnumerateRunes().Count());
    }
}
