using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Molino.Jobs.SqlLab;

/// <summary>Writes rows as JSON lines, all in one form: no white space, Unicode as it is.</summary>
internal static class JsonText
{
    /// <summary>How rows are written. The encoder escapes line feeds, which separate rows.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = true };

    /// <summary>Writes text that should be UTF-8; what is not becomes U+FFFD.</summary>
    public static void WriteUtf8(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) writer.WriteStringValue(text);
        else writer.WriteStringValue(Encoding.UTF8.GetString(text));
    }

    /// <summary>Writes a double as a number, or as <c>"nan"</c>, <c>"inf"</c>, <c>"-inf"</c>.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
    }
}
