using System.Text.Json;
using Npgsql.PostgresTypes;

namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>How the server's text of a type's values becomes JSON.</summary>
internal sealed class PostgresValueType
{
    private static readonly PostgresValueType Text = new(SqlColumnKind.Text, static (writer, text) => writer.WriteStringValue(text));
    private static readonly PostgresValueType Number = new(SqlColumnKind.Number, static (writer, text) => writer.WriteRawValue(text, skipInputValidation: true));
    private static readonly PostgresValueType Integer = new(SqlColumnKind.Integer, static (writer, text) => writer.WriteStringValue(text));
    private static readonly PostgresValueType Decimal = new(SqlColumnKind.Decimal, static (writer, text) => writer.WriteStringValue(text));
    private static readonly PostgresValueType Float = new(SqlColumnKind.Float, WriteFloat);
    private static readonly PostgresValueType Boolean = new(SqlColumnKind.Boolean, static (writer, text) => writer.WriteBooleanValue(text == "t"));
    private static readonly PostgresValueType Date = new(SqlColumnKind.Date, static (writer, text) => writer.WriteStringValue(text));
    private static readonly PostgresValueType Timestamp = new(SqlColumnKind.DateTime, static (writer, text) => WriteTimestamp(writer, text, ""));
    private static readonly PostgresValueType TimestampTz = new(SqlColumnKind.DateTime, static (writer, text) => WriteTimestamp(writer, text, "+00"));
    private static readonly PostgresValueType Bytes = new(SqlColumnKind.Bytes, static (writer, text) => writer.WriteBase64StringValue(Convert.FromHexString(text.AsSpan(2))));

    private readonly Action<Utf8JsonWriter, string> _write;

    private PostgresValueType(SqlColumnKind kind, Action<Utf8JsonWriter, string> write)
    {
        Kind = kind;
        _write = write;
    }

    public SqlColumnKind Kind { get; }

    public static PostgresValueType Of(PostgresType type) => type is PostgresDomainType domain ? Of(domain.BaseType) : type.InternalName switch
    {
        "int2" or "int4" or "oid" => Number,
        "int8" or "xid8" => Integer,
        "numeric" => Decimal,
        "float4" or "float8" => Float,
        "bool" => Boolean,
        "date" => Date,
        "timestamp" => Timestamp,
        "timestamptz" => TimestampTz,
        "bytea" => Bytes,
        _ => Text,
    };

    public void Write(Utf8JsonWriter writer, string text) => _write(writer, text);

    private static void WriteFloat(Utf8JsonWriter writer, string text)
    {
        if (text is "NaN" or "Infinity" or "-Infinity") writer.WriteStringValue(text switch { "NaN" => "nan", "Infinity" => "inf", _ => "-inf" });
        else writer.WriteRawValue(text, skipInputValidation: true);
    }

    // "2026-02-28 10:00:00.5+00". Years before Christ and infinity are no RFC 3339: they stay as they are.
    private static void WriteTimestamp(Utf8JsonWriter writer, string text, string offset)
    {
        var plain = text.Length > 10 && text[10] == ' ' && text.EndsWith(offset, StringComparison.Ordinal) && !text.EndsWith("BC", StringComparison.Ordinal);
        if (!plain) writer.WriteStringValue(text);
        else writer.WriteStringValue(string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11, text.Length - 11 - offset.Length), offset.Length > 0 ? "Z" : ""));
    }
}
