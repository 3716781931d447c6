using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Jobs.BuiltIn;

/// <summary>Reads past any arguments.</summary>
internal sealed class NoopArgsConverter : JsonConverter<NoopArgs>
{
    public override NoopArgs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return NoopArgs.Instance;
    }

    public override void Write(Utf8JsonWriter writer, NoopArgs value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
