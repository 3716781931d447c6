namespace Molino.Storage;

/// <summary>What became of a change.</summary>
public enum ChangeOutcome
{
    /// <summary>Stored, and durable.</summary>
    Applied,

    /// <summary>It had been stored before; nothing changed.</summary>
    Replayed,

    /// <summary>A submit whose idempotency key was used before with the same content; the answer carries the first job.</summary>
    Duplicate,

    /// <summary>A submit whose idempotency key was used before with other content; the answer carries the first job.</summary>
    IdempotencyConflict,

    /// <summary>No such job is stored.</summary>
    NotFound,

    /// <summary>The lease token is not that of the current lease; counted.</summary>
    StaleToken,

    /// <summary>The job has another version than expected.</summary>
    StaleVersion,

    /// <summary>The job's state does not allow the event.</summary>
    Illegal,

    /// <summary>Not stored because another change of an all-or-nothing batch was refused.</summary>
    RolledBack,
}
