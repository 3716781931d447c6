namespace Molino.Core;

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Its result was accepted.</summary>
    Succeeded,

    /// <summary>The handler failed; counts against <c>maxAttempts</c>.</summary>
    Failed,

    /// <summary>Its silo died or lost the lease; not counted.</summary>
    Lost,

    /// <summary>Given back unfinished, for example at a graceful stop; not counted.</summary>
    HandedBack,

    /// <summary>Stopped on request.</summary>
    Cancelled,
}
