namespace Molino.Core;

/// <summary>An event that the job's state does not allow (design section 4).</summary>
public sealed class IllegalTransitionException : JobSystemException
{
    /// <summary>Names the job, its state and the event that did not fit.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="status">The state it was in.</param>
    /// <param name="kind">The event that was refused.</param>
    public IllegalTransitionException(JobId job, JobStatus status, JobEventKind kind)
        : base(ErrorCodes.IllegalTransition, $"Job {job} is {status}; {kind} is not possible in that state.")
    {
        Job = job;
        Status = status;
        Kind = kind;
    }

    /// <summary>The job's id.</summary>
    public JobId Job { get; }

    /// <summary>The state the job was in.</summary>
    public JobStatus Status { get; }

    /// <summary>The event that was refused.</summary>
    public JobEventKind Kind { get; }
}
