using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Client;

/// <summary>Copies a JSON value's bytes in and out without building it.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, MaxDepth = JobJson.MaxDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        document.RootElement.WriteTo(writer);
        writer.Flush();
        return new RawJson(buffer.WrittenMemory);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
