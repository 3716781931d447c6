using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Client;

/// <summary>Copies a JSON value's bytes in and out without building it; blanks between tokens are dropped, strings and numbers stay as written.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Only a reader over a sequence has a position; its value may lie in several segments.
        if (reader.HasValueSequence || !reader.Position.Equals(default)) return ReadSegmented(ref reader);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new RawJson(Quote(reader.ValueSpan));
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var opening = reader.ValueSpan; // a view of the brace inside the reader's buffer, which also holds all that follows
                var start = reader.TokenStartIndex;
                if (!reader.TrySkip()) throw new JsonException("The JSON value is not complete.");
                var whole = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(opening), checked((int)(reader.BytesConsumed - start)));
                return new RawJson(RawJsonText.Compact(whole));
            default:
                return new RawJson(reader.ValueSpan.ToArray());
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    private static RawJson ReadSegmented(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(RawJsonText.Compact(JsonMarshal.GetRawUtf8Value(document.RootElement)));
    }

    private static byte[] Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new byte[text.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        text.CopyTo(quoted.AsSpan(1));
        return quoted;
    }
}
