using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Client;

/// <summary>Durations of the contract: read from seconds (a number) or <c>"00:05:00"</c>; written as seconds.</summary>
public sealed class DurationConverter : JsonConverter<TimeSpan>
{
    private const double MaxSeconds = 3_155_760_000; // 100 years: keeps sums with a date in range

    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && Math.Abs(seconds) <= MaxSeconds)
            return TimeSpan.FromSeconds(seconds);
        if (reader.TokenType == JsonTokenType.String
            && TimeSpan.TryParseExact(reader.GetString(), "c", CultureInfo.InvariantCulture, out var span)
            && Math.Abs(span.TotalSeconds) <= MaxSeconds)
            return span;
        throw new JsonException("A duration is a number of seconds or text like \"00:05:00\", at most 100 years.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}
