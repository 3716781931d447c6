using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Molino.Core;

namespace Molino.Client;

/// <summary>Maps answers that are not a success to exceptions, the reverse of what the API does.</summary>
internal static class Problems
{
    private static readonly JsonTypeInfo<ProblemView> Type = (JsonTypeInfo<ProblemView>)MolinoJson.Results.GetTypeInfo(typeof(ProblemView));

    /// <summary>Reads a refusal.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">UTC, for a <c>Retry-After</c> that is a date.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async Task<JobSystemException> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var problem = mediaType is "application/problem+json" or "application/json"
            ? await Answers.ReadBytesAsync(response, static bytes => Parse(bytes), cancellationToken).ConfigureAwait(false)
            : null;
        var code = problem?.Code ?? CodeOf(response.StatusCode);
        var isInput = code is ErrorCodes.InvalidJob or ErrorCodes.InvalidRequest or ErrorCodes.NotAvailable;
        if (isInput && problem?.Errors is { Count: > 0 } errors) return new JobValidationException(code, errors);
        var message = problem?.Detail ?? problem?.Title ?? string.Create(CultureInfo.InvariantCulture, $"The server answered {(int)response.StatusCode}.");
        return new RefusedException(code, message, (int)response.StatusCode, RetryAfter(response, now));
    }

    /// <summary>Whether the server turned the call away for now, having done nothing.</summary>
    /// <param name="error">The refusal.</param>
    public static bool IsForNow(RefusedException error) =>
        error is { StatusCode: 503, Code: ErrorCodes.StoreUnavailable or ErrorCodes.ShuttingDown } or { StatusCode: 429 };

    /// <summary>Whether nobody knows what became of the call: the server says so, or a proxy lost its server.</summary>
    /// <param name="error">The refusal.</param>
    public static bool IsLost(RefusedException error) => error.Code is ErrorCodes.OutcomeUnknown or ClientErrorCodes.NotReachable;

    private static ProblemView? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Type);
        }
        catch (JsonException)
        {
            return null; // the status still tells what kind of refusal it is
        }
    }

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ClientErrorCodes.Unauthorized,
        HttpStatusCode.Forbidden => ClientErrorCodes.Forbidden,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ClientErrorCodes.NotReachable,
        _ => ClientErrorCodes.UnexpectedAnswer,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
