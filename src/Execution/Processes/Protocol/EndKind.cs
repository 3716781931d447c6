namespace Molino.Execution.Processes.Protocol;

/// <summary>How an attempt in a child ended.</summary>
internal enum EndKind
{
    /// <summary><see cref="AttemptEnd.Returned"/>.</summary>
    Returned = 1,

    /// <summary><see cref="AttemptEnd.Failed"/>.</summary>
    Failed = 2,

    /// <summary><see cref="AttemptEnd.Snoozed"/>.</summary>
    Snoozed = 3,

    /// <summary><see cref="AttemptEnd.Stopped"/>.</summary>
    Stopped = 4,
}
