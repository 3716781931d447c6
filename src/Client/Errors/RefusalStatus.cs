using System.Collections.Frozen;
using Molino.Core;

namespace Molino.Client;

/// <summary>The one place that gives the codes of <see cref="ErrorCodes"/> their HTTP status, for the API that answers with it and for transports that have none of their own.</summary>
public static class RefusalStatus
{
    private static readonly FrozenDictionary<string, (int Status, int? RetryAfter)> ByCode = new Dictionary<string, (int, int?)>(StringComparer.Ordinal)
    {
        [ErrorCodes.InvalidJob] = (400, null),
        [ErrorCodes.InvalidRequest] = (400, null),
        [ErrorCodes.NotAvailable] = (400, null),
        [ErrorCodes.NotFound] = (404, null),
        [ErrorCodes.UnknownType] = (404, null),
        [ErrorCodes.UnknownQueue] = (404, null),
        [ErrorCodes.IdempotencyConflict] = (409, null),
        [ErrorCodes.IllegalTransition] = (409, null),
        [ErrorCodes.Failed] = (409, null),
        [ErrorCodes.Cancelled] = (409, null),
        [ErrorCodes.Gone] = (410, null),
        [ErrorCodes.TooLarge] = (413, null),
        [ErrorCodes.InternalError] = (500, null),
        [ErrorCodes.StoreUnavailable] = (503, 2),
        [ErrorCodes.StoreFull] = (503, 60),
        [ErrorCodes.StoreCorrupt] = (503, 60),
        [ErrorCodes.StoreLocked] = (503, 10),
        [ErrorCodes.StoreReplaced] = (503, 60),
        [ErrorCodes.StoreIncomplete] = (503, 60),
        [ErrorCodes.SiloRemoved] = (503, 5),
        [ErrorCodes.SiloUnavailable] = (503, 2),
        [ErrorCodes.StoreTooNew] = (503, 60),
        [ErrorCodes.OutcomeUnknown] = (503, 2),
        [ErrorCodes.ShuttingDown] = (503, 5),
        [ErrorCodes.Timeout] = (504, 2),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The status of a code; a code that is not known is an internal error.</summary>
    /// <param name="code">The code.</param>
    public static int Of(string code) => ByCode.TryGetValue(code, out var known) ? known.Status : 500;

    /// <summary>Seconds after which to try again; null when trying again does not help.</summary>
    /// <param name="code">The code.</param>
    public static int? RetryAfter(string code) => ByCode.TryGetValue(code, out var known) ? known.RetryAfter : null;

    /// <summary>A refusal by its code, as if it had come over HTTP.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">The sentence.</param>
    internal static RefusedException Refuse(string code, string message) =>
        new(code, message, Of(code), RetryAfter(code) is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}
