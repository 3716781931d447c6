using System.Text.Json;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Writes jobs by hand, exactly as the contract's serializer options do, because every submit and every poll answers one.</summary>
internal static class JobViewWriter
{
    private static readonly string[] Statuses = CamelCaseNames<JobStatus>();
    private static readonly string[] Outcomes = CamelCaseNames<AttemptOutcome>();

    /// <summary>A state's name in JSON.</summary>
    /// <param name="status">The state.</param>
    public static string NameOf(JobStatus status) => Statuses[(int)status];

    /// <summary>Writes a job.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    public static void Write(Utf8JsonWriter writer, JobView job)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, job.Id.ToString());
        writer.WriteString("type"u8, job.Type);
        writer.WriteString("queue"u8, job.Queue);
        writer.WriteNumber("priority"u8, job.Priority);
        writer.WriteString("status"u8, NameOf(job.Status));
        writer.WriteNumber("attempt"u8, job.Attempt);
        writer.WriteNumber("maxAttempts"u8, job.MaxAttempts);
        writer.WriteNumber("epoch"u8, job.Epoch);
        WriteRaw(writer, "args"u8, job.Args);
        if (job.Result is { } result) WriteRaw(writer, "result"u8, result);
        if (job.Error is { } error) WriteError(writer, "error"u8, error);
        if (job.Progress is { } progress) WriteProgress(writer, progress);
        writer.WriteString("createdAt"u8, job.CreatedAt.UtcDateTime);
        WriteTime(writer, "dueAt"u8, job.DueAt);
        WriteTime(writer, "expiresAt"u8, job.ExpiresAt);
        WriteTime(writer, "startedAt"u8, job.StartedAt);
        WriteTime(writer, "finishedAt"u8, job.FinishedAt);
        WriteTime(writer, "cancelRequestedAt"u8, job.CancelRequestedAt);
        WriteText(writer, "cancelReason"u8, job.CancelReason);
        WriteText(writer, "silo"u8, job.Silo);
        WriteText(writer, "pool"u8, job.Pool);
        WriteTexts(writer, "resources"u8, job.Resources);
        WriteTexts(writer, "tags"u8, job.Tags);
        WriteIds(writer, "parents"u8, job.Parents);
        WriteIds(writer, "children"u8, job.Children);
        WriteText(writer, "waitingFor"u8, job.WaitingFor);
        if (job.History is { } history) WriteHistory(writer, history);
        writer.WriteEndObject();
    }

    /// <summary>Writes a page of jobs.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="page">The page.</param>
    public static void WriteList(Utf8JsonWriter writer, JobListView page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items"u8);
        foreach (var job in page.Items) Write(writer, job);
        writer.WriteEndArray();
        WriteText(writer, "nextCursor"u8, page.NextCursor);
        writer.WriteEndObject();
    }

    /// <summary>Writes an error.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="error">The error.</param>
    public static void WriteError(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JobError error)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("message"u8, error.Message);
        WriteText(writer, "detail"u8, error.Detail);
        writer.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter writer, ProgressView progress)
    {
        writer.WriteStartObject("progress"u8);
        if (progress.Fraction is { } fraction) writer.WriteNumber("fraction"u8, fraction);
        WriteText(writer, "message"u8, progress.Message);
        if (progress.Data is { } data) WriteRaw(writer, "data"u8, data);
        writer.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter writer, IReadOnlyList<AttemptView> history)
    {
        writer.WriteStartArray("history"u8);
        foreach (var attempt in history)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, attempt.Number);
            writer.WriteString("silo"u8, attempt.Silo);
            writer.WriteString("startedAt"u8, attempt.StartedAt.UtcDateTime);
            writer.WriteString("finishedAt"u8, attempt.FinishedAt.UtcDateTime);
            writer.WriteString("outcome"u8, Outcomes[(int)attempt.Outcome]);
            if (attempt.Error is { } error) WriteError(writer, "error"u8, error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson value)
    {
        writer.WritePropertyName(name);
        if (value.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } value) writer.WriteString(name, value.UtcDateTime);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<JobId> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids) writer.WriteStringValue(id.ToString());
        writer.WriteEndArray();
    }

    private static string[] CamelCaseNames<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
