using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Molino.Core;

namespace Molino.Api;

/// <summary>Writes problem details (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Answers a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What kind.</param>
    /// <param name="detail">A sentence about this case.</param>
    /// <param name="errors">What is wrong, by field.</param>
    /// <param name="error">The error of the job that the problem is about.</param>
    /// <param name="traceId">The id under which it was logged.</param>
    public static Task WriteAsync(
        HttpContext context,
        ProblemKind kind,
        string detail,
        IReadOnlyDictionary<string, string[]>? errors = null,
        JobError? error = null,
        string? traceId = null)
    {
        if (kind.RetryAfter is { } seconds && !context.Response.Headers.ContainsKey(HeaderNames.RetryAfter))
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.WriteAsync(context, kind.Status, (kind, detail, errors, error, traceId), static (writer, problem) => Write(writer, problem), MediaType);
    }

    /// <summary>Answers a problem by its code.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The code.</param>
    /// <param name="detail">A sentence about this case.</param>
    public static Task WriteAsync(HttpContext context, string code, string detail) => WriteAsync(context, ProblemCatalog.Of(code), detail);

    private static void Write(
        Utf8JsonWriter writer,
        (ProblemKind Kind, string Detail, IReadOnlyDictionary<string, string[]>? Errors, JobError? Error, string? TraceId) problem)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "urn:molino:problem:" + problem.Kind.Code);
        writer.WriteString("title"u8, problem.Kind.Title);
        writer.WriteNumber("status"u8, problem.Kind.Status);
        writer.WriteString("detail"u8, problem.Detail);
        writer.WriteString("code"u8, problem.Kind.Code);
        if (problem.Errors is { Count: > 0 } errors)
        {
            writer.WriteStartObject("errors"u8);
            foreach (var (field, messages) in errors)
            {
                writer.WriteStartArray(field);
                foreach (var message in messages) writer.WriteStringValue(message);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        if (problem.Error is { } error) JobViewWriter.WriteError(writer, "error"u8, error);
        if (problem.TraceId is { } traceId) writer.WriteString("traceId"u8, traceId);
        writer.WriteEndObject();
    }
}
