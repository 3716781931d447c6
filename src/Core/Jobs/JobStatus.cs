namespace Molino.Core;

/// <summary>The states of a job (design section 4). The last four are terminal.</summary>
public enum JobStatus
{
    /// <summary>Not ready: held, waiting for parents, or parked by a key limit.</summary>
    Waiting,

    /// <summary>Due later: delayed, given an ETA, or waiting for its next attempt.</summary>
    Scheduled,

    /// <summary>Ready; waits for a free slot.</summary>
    Queued,

    /// <summary>Leased to a pool.</summary>
    Running,

    /// <summary>Finished with an accepted result.</summary>
    Succeeded,

    /// <summary>Failed for good: a dead letter.</summary>
    Failed,

    /// <summary>Stopped on request, and the stop is confirmed.</summary>
    Cancelled,

    /// <summary>Was not started before its expiry.</summary>
    Expired,
}
