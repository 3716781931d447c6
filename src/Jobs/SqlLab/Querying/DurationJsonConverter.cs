using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Jobs.SqlLab;

/// <summary>Reads a duration as the contract has it, seconds as a number or <c>"00:05:00"</c> (optionally with days and fractions), and writes seconds.</summary>
public sealed class DurationJsonConverter : JsonConverter<TimeSpan>
{
    private static readonly string[] Formats = [@"h\:mm\:ss", @"hh\:mm\:ss", @"h\:mm\:ss\.FFFFFFF", @"hh\:mm\:ss\.FFFFFFF", @"d\.hh\:mm\:ss", @"d\.hh\:mm\:ss\.FFFFFFF"];

    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && Math.Abs(seconds) <= TimeSpan.MaxValue.TotalSeconds - 1)
            return TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        if (reader.TokenType == JsonTokenType.String && TimeSpan.TryParseExact(reader.GetString(), Formats, CultureInfo.InvariantCulture, out var duration))
            return duration;
        throw new JsonException("A duration is a number of seconds, or text such as \"00:05:00\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Ticks / (decimal)TimeSpan.TicksPerSecond);
    }
}
