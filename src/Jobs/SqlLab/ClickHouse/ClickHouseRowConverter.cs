using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>Rewrites the server's JSON rows where a value needs another form; all else is copied byte by byte.</summary>
internal sealed class ClickHouseRowConverter
{
    private readonly IReadOnlyList<ClickHouseType> _columns;
    private readonly TimeZoneInfo? _serverZone;
    private readonly Dictionary<string, TimeZoneInfo?> _zones = new(StringComparer.Ordinal);
    private readonly bool _converts;

    /// <param name="columns">The columns' types.</param>
    /// <param name="serverZone">Name of the server's time zone; null when no column uses it.</param>
    public ClickHouseRowConverter(IReadOnlyList<ClickHouseType> columns, string? serverZone)
    {
        _columns = columns;
        // 64-bit integers come quoted already (output_format_json_quote_64bit_integers): rows of them alone need no second look.
        _converts = columns.Any(column => column.Conversion != ClickHouseConversion.None && column.Kind != SqlColumnKind.Integer);
        _serverZone = serverZone is null ? null : ZoneOf(serverZone);
    }

    /// <summary>Writes one row.</summary>
    /// <param name="row">The server's JSON array.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="JsonException">It is not one.</exception>
    public void Write(ReadOnlySpan<byte> row, IBufferWriter<byte> output)
    {
        if (!_converts)
        {
            output.Write(row);
            return;
        }

        var reader = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        WriteItems(row, ref reader, _columns, repeat: false, output);
        if (reader.Read()) throw new JsonException("More follows the row.");
    }

    private void WriteItems(ReadOnlySpan<byte> row, ref Utf8JsonReader reader, IReadOnlyList<ClickHouseType> types, bool repeat, IBufferWriter<byte> output)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An array was expected.");
        output.Write("["u8);
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i > 0) output.Write(","u8);
            WriteValue(row, ref reader, types[repeat ? 0 : i], output);
        }

        output.Write("]"u8);
    }

    private void WriteValue(ReadOnlySpan<byte> row, ref Utf8JsonReader reader, ClickHouseType type, IBufferWriter<byte> output)
    {
        switch (type.Conversion)
        {
            case ClickHouseConversion.Quote when reader.TokenType == JsonTokenType.Number:
                output.Write("\""u8);
                output.Write(reader.ValueSpan);
                output.Write("\""u8);
                break;
            case ClickHouseConversion.Float when reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("-nan"u8):
                output.Write("\"nan\""u8);
                break;
            case ClickHouseConversion.DateTime when reader.TokenType == JsonTokenType.String:
                WriteDateTime(reader.ValueSpan, type.Zone is null ? _serverZone : ZoneOf(type.Zone), output);
                break;
            case ClickHouseConversion.Items when reader.TokenType == JsonTokenType.StartArray:
                WriteItems(row, ref reader, type.Items, repeat: type.Items.Count == 1, output);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                output.Write(row[start..(int)reader.BytesConsumed]);
                break;
        }
    }

    // "2026-02-28 10:00:00[.123]" in the zone; an hour that clocks repeat is taken as the second one (standard time). What is no instant, "0000-00-00 00:00:00", stays.
    private static void WriteDateTime(ReadOnlySpan<byte> text, TimeZoneInfo? zone, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        Span<char> chars = stackalloc char[19];
        if (zone is null || text.Length < 19 || Encoding.ASCII.GetChars(text[..19], chars) != 19
            || !DateTime.TryParseExact(chars, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            output.Write(text);
        }
        else
        {
            output.Write(text[..10]);
            output.Write("T"u8);
            output.Write(text[11..]);
            WriteOffset(zone.GetUtcOffset(local), output);
        }

        output.Write("\""u8);
    }

    private static void WriteOffset(TimeSpan offset, IBufferWriter<byte> output)
    {
        if (offset == TimeSpan.Zero)
        {
            output.Write("Z"u8);
            return;
        }

        output.Write(offset < TimeSpan.Zero ? "-"u8 : "+"u8);
        Span<byte> digits = stackalloc byte[5];
        offset.TryFormat(digits, out _, @"hh\:mm", CultureInfo.InvariantCulture);
        output.Write(digits);
    }

    private TimeZoneInfo? ZoneOf(string name)
    {
        if (_zones.TryGetValue(name, out var zone)) return zone;
        // A zone that this machine does not know: the value keeps the server's text, without an offset.
        zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : null;
        return _zones[name] = zone;
    }
}
