namespace Molino;

/// <summary>Why a handler's token was cancelled.</summary>
public enum StopReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The soft time limit has passed; the hard one follows.</summary>
    SoftTimeLimit,

    /// <summary>The hard time limit has passed.</summary>
    HardTimeLimit,

    /// <summary>Somebody asked to stop the job.</summary>
    CancelRequested,

    /// <summary>The silo is stopping and its drain time is over; the job will be handed back.</summary>
    Draining,

    /// <summary>The lease is no longer this attempt's: nothing it still does will be accepted.</summary>
    LeaseLost,
}
