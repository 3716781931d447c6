using System.Globalization;
using System.Text.Json;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Reads submits: fields, their JSON types and nothing of what they mean, which is the transport's to judge.</summary>
internal static class SubmissionReader
{
    /// <summary>Arguments of a job that names none; shared, as many jobs have them.</summary>
    public static readonly RawJson EmptyArgs = new("{}"u8.ToArray());

    private const int Type = 0, Args = 1, Queue = 2, Priority = 3, IdempotencyKey = 4, Tags = 5, Delay = 6, RunAt = 7, ExpiresAt = 8, MaxAttempts = 9;
    private const int Retry = 10, TimeLimit = 11, SoftTimeLimit = 12, Hold = 13, Resources = 14, DependsOn = 15;
    private const int First = 0, Factor = 1, Max = 2, Jitter = 3;

    private static readonly FieldNames Fields = new(
        "type", "args", "queue", "priority", "idempotencyKey", "tags", "delay", "runAt", "expiresAt", "maxAttempts",
        "retry", "timeLimit", "softTimeLimit", "hold", "resources", "dependsOn");

    private static readonly FieldNames RetryFields = new("first", "factor", "max", "jitter");

    /// <summary>Reads one submit.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON, or no object.</exception>
    /// <exception cref="JobValidationException">Fields are unknown, repeated, of a wrong type or not available.</exception>
    public static JobSubmission ReadOne(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, Fields);
        if (!reader.IsObject) throw new JsonException("The body must be one object: a job.");
        var submission = ReadObject(ref reader, null);
        reader.End();
        reader.Errors.ThrowIfAny(ErrorCodes.InvalidJob);
        return submission;
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <param name="most">The most jobs it may hold.</param>
    /// <exception cref="JsonException">It is no JSON, or no list of objects.</exception>
    /// <exception cref="JobValidationException">It holds no job, or too many.</exception>
    public static SubmissionBatch ReadBatch(ReadOnlySpan<byte> body, int most)
    {
        var reader = new FieldReader(body, Fields);
        if (!reader.IsArray) throw new JsonException("The body must be a list of jobs.");
        var batch = new SubmissionBatch();
        JobSubmission? last = null;
        while (reader.NextItem())
        {
            if (batch.Count < most)
            {
                if (reader.Errors.Any) reader.Errors = new FieldErrors();
                var submission = ReadItem(ref reader, last);
                batch.Add(submission, reader.Errors.Any ? reader.Errors : null);
                last = submission ?? last;
            }
            else
            {
                batch.Add(null, null);
                reader.SkipValue();
            }
        }

        reader.End();
        if (batch.Count >= 1 && batch.Count <= most) return batch;
        throw new JobValidationException(
            ErrorCodes.InvalidJob,
            FieldErrors.Whole,
            string.Create(CultureInfo.InvariantCulture, $"A batch holds 1 to {most:N0} jobs; this one holds {batch.Count:N0}."));
    }

    private static JobSubmission? ReadItem(ref FieldReader reader, JobSubmission? last)
    {
        if (reader.IsObject) return ReadObject(ref reader, last);
        reader.Errors.Add(FieldErrors.Whole, "Must be an object: a job.");
        reader.SkipValue();
        return null;
    }

    private static JobSubmission ReadObject(ref FieldReader reader, JobSubmission? last)
    {
        string? type = null, queue = null, key = null;
        RawJson? args = null;
        int? priority = null, maxAttempts = null;
        TimeSpan? delay = null, timeLimit = null, softTimeLimit = null;
        DateTimeOffset? runAt = null, expiresAt = null;
        RetrySubmission? retry = null;
        List<string>? tags = null, resources = null, dependsOn = null;
        bool? hold = null;
        var outer = reader.BeginObject(Fields, null);
        for (var field = reader.NextField(); field >= 0; field = reader.NextField())
        {
            switch (field)
            {
                case Type: type = reader.Text(last?.Type); break;
                case Args: args = reader.IsNull ? null : reader.Raw(); break;
                case Queue: queue = reader.Text(last?.Queue); break;
                case Priority: priority = reader.Integer(); break;
                case IdempotencyKey: key = reader.Text(); break;
                case Tags: tags = reader.Texts(); break;
                case Delay: delay = reader.Duration(); break;
                case RunAt: runAt = reader.Timestamp(); break;
                case ExpiresAt: expiresAt = reader.Timestamp(); break;
                case MaxAttempts: maxAttempts = reader.Integer(); break;
                case Retry: retry = ReadRetry(ref reader); break;
                case TimeLimit: timeLimit = reader.Duration(); break;
                case SoftTimeLimit: softTimeLimit = reader.Duration(); break;
                case Hold: hold = reader.Flag(); break;
                case Resources: resources = NotAvailableYet(ref reader); break;
                case DependsOn: dependsOn = NotAvailableYet(ref reader); break;
            }
        }

        reader.EndObject(outer);
        return new JobSubmission
        {
            Type = type,
            Args = args ?? EmptyArgs,
            Queue = queue,
            Priority = priority,
            IdempotencyKey = key,
            Tags = tags,
            Delay = delay,
            RunAt = runAt,
            ExpiresAt = expiresAt,
            MaxAttempts = maxAttempts,
            Retry = retry,
            TimeLimit = timeLimit,
            SoftTimeLimit = softTimeLimit,
            Hold = hold,
            Resources = resources,
            DependsOn = dependsOn,
        };
    }

    private static RetrySubmission? ReadRetry(ref FieldReader reader)
    {
        if (!reader.IsObject) return reader.Refuse<RetrySubmission>("Must be an object.");
        TimeSpan? first = null, max = null;
        double? factor = null;
        bool? jitter = null;
        var outer = reader.BeginObject(RetryFields, "retry.");
        for (var field = reader.NextField(); field >= 0; field = reader.NextField())
        {
            switch (field)
            {
                case First: first = reader.Duration(); break;
                case Factor: factor = reader.Number(); break;
                case Max: max = reader.Duration(); break;
                case Jitter: jitter = reader.Flag(); break;
            }
        }

        reader.EndObject(outer);
        return new RetrySubmission { First = first, Factor = factor, Max = max, Jitter = jitter };
    }

    /// <summary>An empty list says nothing and is taken.</summary>
    private static List<string>? NotAvailableYet(ref FieldReader reader)
    {
        var list = reader.Texts();
        if (list is { Count: > 0 }) reader.NoteNotAvailable();
        return list;
    }
}
