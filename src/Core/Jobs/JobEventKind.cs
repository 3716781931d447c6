namespace Molino.Core;

/// <summary>What can happen to a job (design section 4).</summary>
public enum JobEventKind
{
    /// <summary>Accepted and stored.</summary>
    Submitted,

    /// <summary>A held job was released.</summary>
    HoldReleased,

    /// <summary>All jobs it depends on have finished.</summary>
    ParentsFinished,

    /// <summary>A key limit made it wait.</summary>
    Parked,

    /// <summary>The key limit has room again.</summary>
    Unparked,

    /// <summary>Its due time has come.</summary>
    BecameDue,

    /// <summary>Its priority or queue was changed.</summary>
    Reprioritised,

    /// <summary>Its due time was changed.</summary>
    Rescheduled,

    /// <summary>A pool took it; the attempt is stored before the handler starts.</summary>
    Leased,

    /// <summary>Its handler reported progress.</summary>
    Progressed,

    /// <summary>Its result was accepted.</summary>
    Succeeded,

    /// <summary>The attempt failed; a retry follows or the job failed for good.</summary>
    AttemptFailed,

    /// <summary>Its silo died or lost the lease.</summary>
    LeaseLost,

    /// <summary>Given back unfinished; the attempt does not count.</summary>
    HandedBack,

    /// <summary>Somebody asked to stop it.</summary>
    CancelRequested,

    /// <summary>It has stopped, and is cleaned up.</summary>
    CancelConfirmed,

    /// <summary>It was not started in time.</summary>
    Expired,

    /// <summary>Its silo died whenever it ran, the last time as the only suspect.</summary>
    Quarantined,

    /// <summary>Somebody sent a dead letter back to its queue.</summary>
    RetriedByHand,

    /// <summary>Somebody put a dead letter away.</summary>
    Archived,
}
