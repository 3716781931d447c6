using System.Text.Json;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Reads the bodies of calls that act on jobs.</summary>
internal static class JobRequests
{
    private const int Priority = 0, Queue = 1, DueAt = 2;

    private static readonly FieldNames None = new();
    private static readonly FieldNames CancelFields = new("reason");
    private static readonly FieldNames RetryFields = new("args");
    private static readonly FieldNames UpdateFields = new("priority", "queue", "dueAt");

    /// <summary>Reads a body that has nothing to say: <c>{}</c>.</summary>
    /// <param name="body">JSON.</param>
    public static bool ReadNothing(ReadOnlySpan<byte> body)
    {
        var reader = Open(body, None);
        if (reader.NextField() >= 0) throw new JsonException("The body must be {}.");
        Close(ref reader);
        return true;
    }

    /// <summary>Reads <c>{reason?}</c>.</summary>
    /// <param name="body">JSON.</param>
    /// <returns>The reason.</returns>
    public static string? ReadCancel(ReadOnlySpan<byte> body)
    {
        var reader = Open(body, CancelFields);
        string? reason = null;
        while (reader.NextField() >= 0) reason = reader.Text();
        Close(ref reader);
        return reason;
    }

    /// <summary>Reads <c>{args?}</c>.</summary>
    /// <param name="body">JSON.</param>
    /// <returns>The arguments; null to keep the old.</returns>
    public static RawJson? ReadRetry(ReadOnlySpan<byte> body)
    {
        var reader = Open(body, RetryFields);
        RawJson? args = null;
        while (reader.NextField() >= 0) args = reader.IsNull ? null : reader.Raw();
        Close(ref reader);
        return args;
    }

    /// <summary>Reads <c>{priority?, queue?, dueAt?}</c>.</summary>
    /// <param name="body">JSON.</param>
    public static JobUpdate ReadUpdate(ReadOnlySpan<byte> body)
    {
        var reader = Open(body, UpdateFields);
        int? priority = null;
        string? queue = null;
        DateTimeOffset? dueAt = null;
        for (var field = reader.NextField(); field >= 0; field = reader.NextField())
        {
            switch (field)
            {
                case Priority: priority = reader.Integer(); break;
                case Queue: queue = reader.Text(); break;
                case DueAt: dueAt = reader.Timestamp(); break;
            }
        }

        Close(ref reader);
        if (priority is null && queue is null && dueAt is null)
            throw new JobValidationException(ErrorCodes.InvalidRequest, FieldErrors.Whole, $"Name at least one of {UpdateFields.List}.");
        return new JobUpdate { Priority = priority, Queue = queue, DueAt = dueAt };
    }

    /// <summary>Starts a body that is one object.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="names">Its fields.</param>
    public static FieldReader Open(ReadOnlySpan<byte> body, FieldNames names)
    {
        var reader = new FieldReader(body, names);
        return reader.IsObject ? reader : throw new JsonException("The body must be one object.");
    }

    /// <summary>Ends it.</summary>
    /// <param name="reader">The reader, after the last field.</param>
    public static void Close(ref FieldReader reader)
    {
        reader.End();
        reader.Errors.ThrowIfAny(ErrorCodes.InvalidRequest);
    }
}
