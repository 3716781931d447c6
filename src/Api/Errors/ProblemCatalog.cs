using System.Collections.Frozen;
using Molino.Core;

namespace Molino.Api;

/// <summary>The one place that gives error codes their HTTP status.</summary>
internal static class ProblemCatalog
{
    private static readonly ProblemKind[] Kinds =
    [
        new(ErrorCodes.InvalidJob, 400, "The job is not valid."),
        new(ErrorCodes.InvalidRequest, 400, "The request is not valid."),
        new(ErrorCodes.NotAvailable, 400, "This version does not have it."),
        new(ApiErrorCodes.BadRequest, 400, "The request could not be read."),
        new(ApiErrorCodes.Unauthorized, 401, "A login is required."),
        new(ApiErrorCodes.Forbidden, 403, "The login's role does not allow this."),
        new(ApiErrorCodes.ForbiddenHost, 403, "Only loopback names are answered."),
        new(ApiErrorCodes.ForbiddenOrigin, 403, "Requests of pages of another origin are refused."),
        new(ErrorCodes.NotFound, 404, "Not found."),
        new(ErrorCodes.UnknownType, 404, "No handler is registered for the job type."),
        new(ErrorCodes.UnknownQueue, 404, "The queue does not exist."),
        new(ApiErrorCodes.MethodNotAllowed, 405, "The path does not have this method."),
        new(ErrorCodes.IdempotencyConflict, 409, "The idempotency key was used with other content."),
        new(ErrorCodes.IllegalTransition, 409, "The job's state does not allow this."),
        new(ErrorCodes.Failed, 409, "The job failed."),
        new(ErrorCodes.Cancelled, 409, "The job was stopped."),
        new(ApiErrorCodes.UserExists, 409, "The user exists."),
        new(ApiErrorCodes.LastAdmin, 409, "The last administrator stays."),
        new(ErrorCodes.Gone, 410, "Removed by retention."),
        new(ErrorCodes.TooLarge, 413, "The body is too large."),
        new(ApiErrorCodes.UnsupportedMediaType, 415, "The body must be application/json."),
        new(ApiErrorCodes.TooManyAttempts, 429, "Too many logins failed.", 30),
        new(ErrorCodes.InternalError, 500, "Something went wrong; it was logged."),
        new(ApiErrorCodes.Maintenance, 503, "New jobs are refused for maintenance.", 30),
        new(ErrorCodes.StoreUnavailable, 503, "The store does not answer.", 2),
        new(ErrorCodes.StoreFull, 503, "The store has no room.", 60),
        new(ErrorCodes.StoreCorrupt, 503, "The store is damaged.", 60),
        new(ErrorCodes.StoreLocked, 503, "Another process holds the store.", 10),
        new(ErrorCodes.StoreReplaced, 503, "The store is not the one known; an operator has to accept it.", 60),
        new(ErrorCodes.StoreIncomplete, 503, "The store is not complete.", 60),
        new(ErrorCodes.SiloRemoved, 503, "The cluster removed this silo; it starts anew.", 5),
        new(ErrorCodes.SiloUnavailable, 503, "The silo that has it is away; another takes over within seconds.", 2),
        new(ErrorCodes.StoreTooNew, 503, "The store is of a newer version.", 60),
        new(ErrorCodes.OutcomeUnknown, 503, "Whether the change was stored is not known; read before trying again.", 2),
        new(ErrorCodes.ShuttingDown, 503, "The silo is stopping.", 5),
        new(ErrorCodes.Timeout, 504, "It took too long.", 2),
    ];

    private static readonly FrozenDictionary<string, ProblemKind> ByCode = Kinds.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>How a code is answered; a code that is not known is an internal error under its own name.</summary>
    /// <param name="code">The code.</param>
    public static ProblemKind Of(string code) => ByCode.GetValueOrDefault(code) ?? new ProblemKind(code, 500, "Something went wrong; it was logged.");

    /// <summary>The problem for an answer that has only a status.</summary>
    /// <param name="status">400 or above.</param>
    public static ProblemKind OfStatus(int status) => status switch
    {
        401 => ByCode[ApiErrorCodes.Unauthorized],
        403 => ByCode[ApiErrorCodes.Forbidden],
        404 => ByCode[ErrorCodes.NotFound],
        405 => ByCode[ApiErrorCodes.MethodNotAllowed],
        408 => new ProblemKind(ErrorCodes.Timeout, 408, "The request did not arrive in time."),
        413 => ByCode[ErrorCodes.TooLarge],
        415 => ByCode[ApiErrorCodes.UnsupportedMediaType],
        503 => ByCode[ErrorCodes.ShuttingDown],
        504 => ByCode[ErrorCodes.Timeout],
        < 500 => new ProblemKind(ApiErrorCodes.BadRequest, status, "The request could not be read."),
        _ => new ProblemKind(ErrorCodes.InternalError, status, "Something went wrong; it was logged."),
    };
}
