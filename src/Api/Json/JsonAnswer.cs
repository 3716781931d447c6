using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Writes JSON answers whole, with their length.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers what a function writes.</summary>
    /// <typeparam name="T">What is written.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="value">What to write.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="mediaType">The content type.</param>
    public static async Task WriteAsync<T>(HttpContext context, int status, T value, Action<Utf8JsonWriter, T> write, string mediaType = "application/json")
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions)) write(writer, value);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.Headers.CacheControl = "no-store";
        response.ContentLength = buffer.Written.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.BodyWriter.WriteAsync(buffer.Written, context.RequestAborted);
    }

    /// <summary>Answers a message of the contract.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="value">The message.</param>
    public static Task WriteAsync<T>(HttpContext context, int status, T value) =>
        WriteAsync(context, status, value, static (writer, message) => JsonSerializer.Serialize(writer, message, MolinoJson.Options));

    /// <summary>Makes a writer with the contract's settings.</summary>
    /// <param name="buffer">Where to.</param>
    public static Utf8JsonWriter CreateWriter(PooledBuffer buffer) => new(buffer, WriterOptions);
}
