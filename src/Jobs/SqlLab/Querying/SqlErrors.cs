using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>Makes the permanent errors of SQL jobs; the constants are the values of <c>error.type</c>.</summary>
public static class SqlErrors
{
    /// <summary>The statement cannot be parsed.</summary>
    public const string Syntax = "SqlSyntaxError";

    /// <summary>A table or view of the statement does not exist.</summary>
    public const string UnknownTableType = "UnknownTable";

    /// <summary>Any other error that the database reports about the statement.</summary>
    public const string Sql = "SqlError";

    /// <summary>The job names a database that is not configured.</summary>
    public const string UnknownDatabaseType = "UnknownDatabase";

    /// <summary>The result, or one row of it, has more bytes than allowed.</summary>
    public const string ResultTooLargeType = "ResultTooLarge";

    /// <summary>The database refused the result because of its own limit on rows or bytes.</summary>
    public const string TooManyRows = "TooManyRows";

    /// <summary>The text holds more than one statement.</summary>
    public const string MultipleStatementsType = "MultipleStatements";

    /// <summary>The query ran longer than its time limit.</summary>
    public const string TimeLimitType = JobError.TimeLimitExceeded;

    /// <summary>An error that the database reports about the statement.</summary>
    /// <param name="type">One of the constants.</param>
    /// <param name="message">The database's message, shortened to one line.</param>
    /// <param name="code">The database's code of the error.</param>
    /// <param name="position">Where in the statement, if the database says so.</param>
    /// <param name="full">The database's whole message.</param>
    /// <param name="inner">The cause.</param>
    public static PermanentJobException Server(string type, string message, string code, SqlPosition? position, string? full = null, Exception? inner = null)
    {
        var where = position is { } place ? $" (line {place.Line}, column {place.Column})" : "";
        var detail = $"code {code}" + (position is { } at ? $", line {at.Line}, column {at.Column}" : "") + (full is null || full == message ? "" : "\n" + full);
        return new PermanentJobException(type, $"{message}{where}", detail, inner);
    }

    /// <summary>No such database.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="known">The names there are.</param>
    public static PermanentJobException UnknownDatabase(string name, IEnumerable<string> known) =>
        new(UnknownDatabaseType, $"No database '{name}' is configured; known: {string.Join(", ", known)}.");

    /// <summary>The query ran too long, and was stopped.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="inner">The cause.</param>
    public static PermanentJobException TimeLimit(TimeSpan limit, Exception? inner = null) =>
        new(TimeLimitType, FormattableString.Invariant($"The query ran longer than its time limit of {limit.TotalSeconds:0.###} s and was stopped."), null, inner);

    /// <summary>The result is too large.</summary>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="rows">Rows that fit.</param>
    public static PermanentJobException ResultTooLarge(long maxBytes, long rows) =>
        new(ResultTooLargeType, $"The result has more than {maxBytes} bytes (reached after {rows} rows); ask for fewer rows or columns, or raise Sql:MaxResultBytes.");

    /// <summary>One row is too large.</summary>
    /// <param name="row">Its number, from 1.</param>
    /// <param name="maxBytes">The limit.</param>
    public static PermanentJobException RowTooLarge(long row, long maxBytes) =>
        new(ResultTooLargeType, $"Row {row} of the result has more than {maxBytes} bytes.");

    /// <summary>More than one statement.</summary>
    /// <param name="position">Where the second one starts, if known.</param>
    /// <param name="inner">The cause.</param>
    public static PermanentJobException MultipleStatements(SqlPosition? position, Exception? inner = null) =>
        new(MultipleStatementsType, "One job runs one statement; the text holds more than one.", position is { } at ? $"line {at.Line}, column {at.Column}" : null, inner);
}
