using System.Collections.Frozen;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>How error codes are answered: those that only the API has here, those of all in <see cref="RefusalStatus"/>.</summary>
internal static class ProblemCatalog
{
    private static readonly ProblemKind[] Kinds =
    [
        Of(ErrorCodes.InvalidJob, "The job is not valid."),
        Of(ErrorCodes.InvalidRequest, "The request is not valid."),
        Of(ErrorCodes.NotAvailable, "This version does not have it."),
        new(ApiErrorCodes.BadRequest, 400, "The request could not be read."),
        new(ApiErrorCodes.Unauthorized, 401, "A login is required."),
        new(ApiErrorCodes.Forbidden, 403, "The login's role does not allow this."),
        new(ApiErrorCodes.ForbiddenHost, 403, "Only loopback names are answered."),
        new(ApiErrorCodes.ForbiddenOrigin, 403, "Requests of pages of another origin are refused."),
        Of(ErrorCodes.NotFound, "Not found."),
        Of(ErrorCodes.UnknownType, "No handler is registered for the job type."),
        Of(ErrorCodes.UnknownQueue, "The queue does not exist."),
        new(ApiErrorCodes.MethodNotAllowed, 405, "The path does not have this method."),
        Of(ErrorCodes.IdempotencyConflict, "The idempotency key was used with other content."),
        Of(ErrorCodes.IllegalTransition, "The job's state does not allow this."),
        Of(ErrorCodes.Failed, "The job failed."),
        Of(ErrorCodes.Cancelled, "The job was stopped."),
        new(ApiErrorCodes.UserExists, 409, "The user exists."),
        new(ApiErrorCodes.LastAdmin, 409, "The last administrator stays."),
        Of(ErrorCodes.Gone, "Removed by retention."),
        Of(ErrorCodes.TooLarge, "The body is too large."),
        new(ApiErrorCodes.UnsupportedMediaType, 415, "The body must be application/json."),
        new(ApiErrorCodes.TooManyAttempts, 429, "Too many logins failed.", 30),
        Of(ErrorCodes.InternalError, "Something went wrong; it was logged."),
        new(ApiErrorCodes.Maintenance, 503, "New jobs are refused for maintenance.", 30),
        Of(ErrorCodes.StoreUnavailable, "The store does not answer."),
        Of(ErrorCodes.StoreFull, "The store has no room."),
        Of(ErrorCodes.StoreCorrupt, "The store is damaged."),
        Of(ErrorCodes.StoreLocked, "Another process holds the store."),
        Of(ErrorCodes.StoreReplaced, "The store is not the one known; an operator has to accept it."),
        Of(ErrorCodes.StoreIncomplete, "The store is not complete."),
        Of(ErrorCodes.SiloRemoved, "The cluster removed this silo; it starts anew."),
        Of(ErrorCodes.SiloUnavailable, "The silo that has it is away; another takes over within seconds."),
        Of(ErrorCodes.StoreTooNew, "The store is of a newer version."),
        Of(ErrorCodes.OutcomeUnknown, "Whether the change was stored is not known; read before trying again."),
        Of(ErrorCodes.ShuttingDown, "The silo is stopping."),
        Of(ErrorCodes.Timeout, "It took too long."),
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

    private static ProblemKind Of(string code, string title) => new(code, RefusalStatus.Of(code), title, RefusalStatus.RetryAfter(code));
}
