namespace Molino.Jobs.SqlLab;

/// <summary>How the values of a column are written as JSON. Any value may also be null.</summary>
public enum SqlColumnKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A number that a double holds exactly: integers of up to 32 bits.</summary>
    Number,

    /// <summary>A string of digits, with a sign: integers of 64 bits, which a double would round.</summary>
    Integer,

    /// <summary>A string: a decimal number with all the digits the database gave.</summary>
    Decimal,

    /// <summary>A number in its shortest exact form; <c>"nan"</c>, <c>"inf"</c> or <c>"-inf"</c> where JSON has none.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A string, <c>2026-02-28</c>.</summary>
    Date,

    /// <summary>A string, RFC 3339: <c>2026-02-28T10:00:00Z</c>; without an offset where the database's type has no time zone.</summary>
    DateTime,

    /// <summary>A string, base64.</summary>
    Bytes,

    /// <summary>A JSON array, whose items follow the same rules.</summary>
    Array,

    /// <summary>Each value by its own type (SQLite): null, number, string, and <c>{"base64":"..."}</c> for bytes; an integer beyond 2^53 is a string.</summary>
    Dynamic,
}
