namespace Molino.Core;

/// <summary>Questions about a state.</summary>
public static class JobStatusExtensions
{
    /// <summary>Whether the state is final: succeeded, failed, cancelled or expired.</summary>
    /// <param name="status">The state.</param>
    public static bool IsTerminal(this JobStatus status) => status >= JobStatus.Succeeded;

    /// <summary>Whether the job has not started and still may: waiting, scheduled or queued.</summary>
    /// <param name="status">The state.</param>
    public static bool IsPending(this JobStatus status) => status <= JobStatus.Queued;
}
