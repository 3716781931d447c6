namespace Molino.Core;

/// <summary>Whether an event may happen to a job in its present state.</summary>
public enum TransitionVerdict
{
    /// <summary>It may.</summary>
    Legal,

    /// <summary>It has already had its effect: applying it again changes nothing (a replay).</summary>
    Replay,

    /// <summary>The state does not allow it.</summary>
    Illegal,

    /// <summary>The lease token is not that of the current lease.</summary>
    StaleToken,
}
