namespace Orleans;

/// <summary>Why an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason was given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>The activation could not be made.</summary>
    ActivationFailed = 2,

    /// <summary>The directory of grains failed.</summary>
    DirectoryFailure = 3,

    /// <summary>Nothing called it for the configured time.</summary>
    ActivationIdle = 4,

    /// <summary>It did not answer.</summary>
    ActivationUnresponsive = 5,

    /// <summary>Another activation of the same grain exists.</summary>
    DuplicateActivation = 6,

    /// <summary>It received a call that it cannot serve.</summary>
    IncompatibleRequest = 7,

    /// <summary>The grain's code failed in a way that makes its memory unfit for use.</summary>
    ApplicationError = 8,

    /// <summary>The grain's code asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The grain moves to another silo.</summary>
    Migrating = 10,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>The process runs out of memory.</summary>
    HighMemoryPressure = 12,
}
