namespace Molino.Core;

/// <summary>The stable error codes of the contract. HTTP status codes are mapped from these in one place, the API.</summary>
public static class ErrorCodes
{
    /// <summary>A submit, or one of its fields, is not valid.</summary>
    public const string InvalidJob = "invalid_job";

    /// <summary>A request other than a submit is not valid.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>A field or call of the contract that this version does not have.</summary>
    public const string NotAvailable = "not_available";

    /// <summary>No handler is registered under the job type named.</summary>
    public const string UnknownType = "unknown_type";

    /// <summary>No job was ever submitted to the queue named.</summary>
    public const string UnknownQueue = "unknown_queue";

    /// <summary>The idempotency key was used before with other content.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>No job has this id, and none ever had.</summary>
    public const string NotFound = "not_found";

    /// <summary>The job existed and retention removed it.</summary>
    public const string Gone = "gone";

    /// <summary>The job's state does not allow what was asked.</summary>
    public const string IllegalTransition = "illegal_transition";

    /// <summary>The job failed; its result does not exist.</summary>
    public const string Failed = "failed";

    /// <summary>The job was cancelled or expired; its result does not exist.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The store does not answer.</summary>
    public const string StoreUnavailable = "store_unavailable";

    /// <summary>The store has no room for more jobs.</summary>
    public const string StoreFull = "store_full";

    /// <summary>The store's file is damaged.</summary>
    public const string StoreCorrupt = "store_corrupt";

    /// <summary>Another process holds the store.</summary>
    public const string StoreLocked = "store_locked";

    /// <summary>The store was written by a newer version of Molino.</summary>
    public const string StoreTooNew = "store_too_new";

    /// <summary>The store is another than the one known, or an emptied one; nothing is done until an operator accepts it.</summary>
    public const string StoreReplaced = "store_replaced";

    /// <summary>The store is being made of another one, or that was broken off; nothing works on it until it is complete or cleared away.</summary>
    public const string StoreIncomplete = "store_incomplete";

    /// <summary>A store was to be made where one is already.</summary>
    public const string StoreNotEmpty = "store_not_empty";

    /// <summary>The store is used by silos that live.</summary>
    public const string StoreInUse = "store_in_use";

    /// <summary>The store works, but is close to its limit of memory or disk. Health only.</summary>
    public const string StoreNearlyFull = "store_nearly_full";

    /// <summary>An archive of a store is cut off or was changed.</summary>
    public const string ArchiveDamaged = "archive_damaged";

    /// <summary>The silo's incarnation was removed from the cluster: others have its work, and what it writes is refused.</summary>
    public const string SiloRemoved = "silo_removed";

    /// <summary>The silo that has the job is away; another takes it over within seconds.</summary>
    public const string SiloUnavailable = "silo_unavailable";

    /// <summary>Whether a write happened is not known; read again before trying again.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The silo is stopping and takes no new work.</summary>
    public const string ShuttingDown = "shutting_down";

    /// <summary>A wait was longer than its limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>A body, or the arguments of jobs, are larger than what is taken.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Something went wrong that should not; it was logged.</summary>
    public const string InternalError = "internal_error";
}
