using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Molino.Core;

namespace Molino.Api;

/// <summary>Reads JSON bodies within their limits.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body and parses it where it lies.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="parse">Makes it; <see cref="JsonException"/> stands for a body that is no JSON.</param>
    /// <exception cref="JobSystemException">Wrong content type, too large, or not valid.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, ApiCall call, BodyParser<T> parse)
    {
        var request = context.Request;
        if (!IsJson(request.ContentType))
            throw new JobSystemException(ApiErrorCodes.UnsupportedMediaType, $"The body must be application/json in UTF-8, not '{request.ContentType}'.");
        var limit = call.Body?.Limit ?? ApiBody.Small;
        var reader = request.BodyReader;
        if (request.ContentLength > limit) throw await TooLargeAsync(context, limit);
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            var body = result.Buffer;
            if (body.Length > limit)
            {
                reader.AdvanceTo(body.End);
                throw await TooLargeAsync(context, limit);
            }

            if (!result.IsCompleted)
            {
                reader.AdvanceTo(body.Start, body.End);
                continue;
            }

            try
            {
                return Parse(body, call, parse);
            }
            finally
            {
                reader.AdvanceTo(body.End);
            }
        }
    }

    /// <summary>Whether a request brings a body, or says by its content type that it means to.</summary>
    /// <param name="request">The request.</param>
    public static bool IsGiven(HttpRequest request) => request.ContentLength > 0 || request.ContentType is not null || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Reads the body of a call that needs none: nothing at all, or <c>{}</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="call">The call.</param>
    public static async ValueTask ReadNothingAsync(HttpContext context, ApiCall call)
    {
        if (IsGiven(context.Request)) await ReadAsync(context, call, static body => JobRequests.ReadNothing(body));
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, ApiCall call, BodyParser<T> parse)
    {
        byte[]? rented = null;
        try
        {
            if (body.IsSingleSegment) return parse(body.FirstSpan);
            var length = (int)body.Length;
            rented = ArrayPool<byte>.Shared.Rent(length);
            body.CopyTo(rented);
            return parse(rented.AsSpan(0, length));
        }
        catch (JsonException error)
        {
            throw new JobValidationException(call.InvalidCode, FieldErrors.Whole, error.Message);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is "application/json" or "application/json; charset=utf-8") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
            && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads on for a while, so that a client that writes its whole body before it reads sees the answer.</summary>
    private static async Task<JobSystemException> TooLargeAsync(HttpContext context, int limit)
    {
        var waitsForLeave = context.Request.Headers.Expect.Count > 0;
        if (context.Request.ContentLength > ApiBody.Discarded || waitsForLeave || !await DiscardAsync(context.Request.BodyReader, context.RequestAborted))
            context.Response.Headers[HeaderNames.Connection] = "close";
        return new JobSystemException(
            ErrorCodes.TooLarge,
            string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit / (1024 * 1024)} MiB."));
    }

    private static async Task<bool> DiscardAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        for (long total = 0; total <= ApiBody.Discarded;)
        {
            ReadResult result;
            try
            {
                result = await reader.ReadAsync(cancellationToken);
            }
            catch (BadHttpRequestException)
            {
                return false; // larger than the server takes at all
            }

            total += result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return true;
        }

        return false;
    }
}
