using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Molino.Jobs.SqlLab;

/// <summary>Turns rows, JSON arrays, into lines of CSV.</summary>
internal sealed class CsvRowFormatter(IBufferWriter<byte> output, bool guardFormulas)
{
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n"u8);
    private static readonly SearchValues<byte> StartFormula = SearchValues.Create("=+-@\t\r"u8);

    private byte[] _scratch = new byte[1024];

    public void WriteHeader(IReadOnlyList<SqlColumn> columns)
    {
        for (var column = 0; column < columns.Count; column++)
        {
            if (column > 0) output.Write(","u8);
            WriteText(Encoding.UTF8.GetBytes(columns[column].Name));
        }

        output.Write("\r\n"u8);
    }

    public void WriteRow(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        for (var column = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++)
        {
            if (column > 0) output.Write(","u8);
            WriteValue(row, ref reader);
        }

        output.Write("\r\n"u8);
    }

    private void WriteValue(ReadOnlySpan<byte> row, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                if (_scratch.Length < reader.ValueSpan.Length) _scratch = new byte[reader.ValueSpan.Length * 2];
                WriteText(_scratch.AsSpan(0, reader.CopyString(_scratch)));
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                WriteQuoted(row[start..(int)reader.BytesConsumed], guard: false);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        // A negative number in a string is data, not a formula.
        var guard = guardFormulas && text.Length > 0 && StartFormula.Contains(text[0]) && !IsNumber(text);
        if (guard || text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || text.ContainsAny(NeedQuotes)) WriteQuoted(text, guard);
        else output.Write(text);
    }

    private void WriteQuoted(ReadOnlySpan<byte> text, bool guard)
    {
        output.Write("\""u8);
        if (guard) output.Write("'"u8);
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            output.Write(text[..(quote + 1)]);
            output.Write("\""u8);
            text = text[(quote + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        foreach (var character in text[1..])
        {
            if (!char.IsAsciiDigit((char)character) && character != '.') return false;
        }

        return text.Length > 1;
    }
}
