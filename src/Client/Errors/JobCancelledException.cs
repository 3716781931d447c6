using Molino.Core;

namespace Molino.Client;

/// <summary>The job that was waited for was stopped on request.</summary>
public sealed class JobCancelledException : JobSystemException
{
    /// <summary>Names the job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">Why it was stopped, if somebody said.</param>
    public JobCancelledException(JobId job, string? reason)
        : base(ErrorCodes.Cancelled, string.IsNullOrEmpty(reason) ? $"Job {job} was cancelled." : $"Job {job} was cancelled: {reason}")
    {
        Job = job;
        Reason = reason;
    }

    /// <summary>The job.</summary>
    public JobId Job { get; }

    /// <summary>Why it was stopped.</summary>
    public string? Reason { get; }
}
