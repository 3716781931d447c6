namespace Molino.Storage;

/// <summary>What a <see cref="JobNotice"/> tells.</summary>
public enum JobNoticeKind
{
    /// <summary>A job that this process watches (<see cref="IJobStore.Watch"/>) has reached a terminal state. It is watched no longer.</summary>
    Ended = 1,

    /// <summary>A job that runs on this silo was asked to stop.</summary>
    StopRequested = 2,
}
