using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Client;

/// <summary>Times of the contract: RFC 3339. A zone is required when read; written in UTC with <c>Z</c>, fractions of a second as needed.</summary>
public sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var time)) return time;
        throw new JsonException("A time is RFC 3339 with a zone, like \"2026-01-31T08:00:00Z\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);

    /// <summary>Reads RFC 3339 with a zone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The instant in UTC, when the answer is true.</param>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is not { Length: >= 20 and <= 40 } || text[10] is not ('T' or 't' or ' ')) return false;
        var hasZone = text[^1] is 'Z' or 'z' || text[^6] is '+' or '-';
        if (!hasZone || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)) return false;
        time = parsed.ToUniversalTime();
        return true;
    }
}
