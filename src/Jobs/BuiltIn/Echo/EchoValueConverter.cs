using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Jobs.BuiltIn;

/// <summary>Reads and writes a value with its own spelling: escapes, number forms and white space as they came.</summary>
internal sealed class EchoValueConverter : JsonConverter<EchoValue>
{
    public override EchoValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, EchoValue value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value.Json), skipInputValidation: true);
}
