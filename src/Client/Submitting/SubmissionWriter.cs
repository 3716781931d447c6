using System.Text.Json;

namespace Molino.Client;

/// <summary>Writes submissions by hand: the same JSON as <see cref="MolinoJson.Options"/>, at a fraction of the time; see <c>bench/Client.Benchmarks</c>.</summary>
internal static class SubmissionWriter
{
    private const int BytesOfASmallJob = 160;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        SkipValidation = true,
        MaxDepth = JobJson.MaxDepth,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Args = JsonEncodedText.Encode("args");
    private static readonly JsonEncodedText Queue = JsonEncodedText.Encode("queue");
    private static readonly JsonEncodedText Priority = JsonEncodedText.Encode("priority");
    private static readonly JsonEncodedText Delay = JsonEncodedText.Encode("delay");
    private static readonly JsonEncodedText RunAt = JsonEncodedText.Encode("runAt");
    private static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expiresAt");
    private static readonly JsonEncodedText IdempotencyKey = JsonEncodedText.Encode("idempotencyKey");
    private static readonly JsonEncodedText MaxAttempts = JsonEncodedText.Encode("maxAttempts");
    private static readonly JsonEncodedText Retry = JsonEncodedText.Encode("retry");
    private static readonly JsonEncodedText First = JsonEncodedText.Encode("first");
    private static readonly JsonEncodedText Factor = JsonEncodedText.Encode("factor");
    private static readonly JsonEncodedText Max = JsonEncodedText.Encode("max");
    private static readonly JsonEncodedText Jitter = JsonEncodedText.Encode("jitter");
    private static readonly JsonEncodedText TimeLimit = JsonEncodedText.Encode("timeLimit");
    private static readonly JsonEncodedText SoftTimeLimit = JsonEncodedText.Encode("softTimeLimit");
    private static readonly JsonEncodedText Resources = JsonEncodedText.Encode("resources");
    private static readonly JsonEncodedText Tags = JsonEncodedText.Encode("tags");
    private static readonly JsonEncodedText DependsOn = JsonEncodedText.Encode("dependsOn");
    private static readonly JsonEncodedText Hold = JsonEncodedText.Encode("hold");

    /// <summary>Writes one submission.</summary>
    /// <param name="submission">The job.</param>
    public static PooledJson Write(JobSubmission submission)
    {
        var body = new PooledJson(submission.Args.Utf8.Length + BytesOfASmallJob);
        using var writer = new Utf8JsonWriter(body, WriterOptions);
        Write(writer, submission);
        return body;
    }

    /// <summary>Writes a batch.</summary>
    /// <param name="submissions">The jobs.</param>
    public static PooledJson Write(IReadOnlyList<JobSubmission> submissions)
    {
        var size = 2;
        for (var i = 0; i < submissions.Count; i++) size += submissions[i].Args.Utf8.Length + BytesOfASmallJob;
        var body = new PooledJson(size);
        using var writer = new Utf8JsonWriter(body, WriterOptions);
        writer.WriteStartArray();
        for (var i = 0; i < submissions.Count; i++) Write(writer, submissions[i]);
        writer.WriteEndArray();
        return body;
    }

    private static void Write(Utf8JsonWriter writer, JobSubmission job)
    {
        writer.WriteStartObject();
        if (job.Type is not null) writer.WriteString(Type, job.Type);
        if (!job.Args.IsEmpty)
        {
            writer.WritePropertyName(Args);
            writer.WriteRawValue(job.Args.Utf8.Span, skipInputValidation: true);
        }

        if (job.Queue is not null) writer.WriteString(Queue, job.Queue);
        if (job.Priority is { } priority) writer.WriteNumber(Priority, priority);
        if (job.Delay is { } delay) writer.WriteNumber(Delay, delay.TotalSeconds);
        if (job.RunAt is { } runAt) writer.WriteString(RunAt, runAt.UtcDateTime);
        if (job.ExpiresAt is { } expiresAt) writer.WriteString(ExpiresAt, expiresAt.UtcDateTime);
        if (job.IdempotencyKey is not null) writer.WriteString(IdempotencyKey, job.IdempotencyKey);
        if (job.MaxAttempts is { } maxAttempts) writer.WriteNumber(MaxAttempts, maxAttempts);
        if (job.Retry is not null) Write(writer, job.Retry);
        if (job.TimeLimit is { } timeLimit) writer.WriteNumber(TimeLimit, timeLimit.TotalSeconds);
        if (job.SoftTimeLimit is { } softTimeLimit) writer.WriteNumber(SoftTimeLimit, softTimeLimit.TotalSeconds);
        Write(writer, Resources, job.Resources);
        Write(writer, Tags, job.Tags);
        Write(writer, DependsOn, job.DependsOn);
        if (job.Hold is { } hold) writer.WriteBoolean(Hold, hold);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RetrySubmission retry)
    {
        writer.WriteStartObject(Retry);
        if (retry.First is { } first) writer.WriteNumber(First, first.TotalSeconds);
        if (retry.Factor is { } factor) writer.WriteNumber(Factor, factor);
        if (retry.Max is { } max) writer.WriteNumber(Max, max.TotalSeconds);
        if (retry.Jitter is { } jitter) writer.WriteBoolean(Jitter, jitter);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        writer.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++) writer.WriteStringValue(values[i]);
        writer.WriteEndArray();
    }
}
