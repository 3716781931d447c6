using System.Text.Json;

namespace Molino.Client;

/// <summary>Writes the bodies of calls that change a job.</summary>
internal static class JobChangeWriter
{
    public static void Reason(PooledJson body, string? reason)
    {
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        if (reason is not null) writer.WriteString("reason", reason);
        writer.WriteEndObject();
    }

    public static void Args(PooledJson body, RawJson? args)
    {
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        if (args is { IsEmpty: false } value)
        {
            writer.WritePropertyName("args");
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    public static void Update(PooledJson body, JobUpdate update)
    {
        using var writer = new Utf8JsonWriter(body);
        JsonSerializer.Serialize(writer, update, MolinoJson.Options);
    }
}
