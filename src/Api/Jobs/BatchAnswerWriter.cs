using System.Text.Json;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Writes the answers to batches by hand.</summary>
internal static class BatchAnswerWriter
{
    /// <summary>Writes <c>{ids:[]}</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="ids">The ids, in order.</param>
    public static void WriteIds(Utf8JsonWriter writer, IReadOnlyList<JobId> ids)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("ids"u8);
        for (var i = 0; i < ids.Count; i++) writer.WriteStringValue(ids[i].ToString());
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the list of answers.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="items">The answers, in order.</param>
    public static void WriteItems(Utf8JsonWriter writer, IReadOnlyList<BatchItemAnswer> items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            if (item.Error is not null)
            {
                JsonSerializer.Serialize(writer, item, MolinoJson.Options);
                continue;
            }

            writer.WriteStartObject();
            if (item.Id is { } id) writer.WriteString("id"u8, id.ToString());
            if (item.Duplicate is { } duplicate) writer.WriteBoolean("duplicate"u8, duplicate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
