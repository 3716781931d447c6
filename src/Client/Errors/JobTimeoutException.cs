using Molino.Core;

namespace Molino.Client;

/// <summary>The wait for a job was over before the job was. The job goes on.</summary>
public sealed class JobTimeoutException : JobSystemException
{
    /// <summary>Names the job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="status">Its state when the wait ended.</param>
    /// <param name="waited">How long was waited.</param>
    public JobTimeoutException(JobId job, JobStatus status, TimeSpan waited)
        : base(ErrorCodes.Timeout, FormattableString.Invariant($"Job {job} is still {status.ToString().ToLowerInvariant()} after {waited.TotalSeconds:0.###} s."))
    {
        Job = job;
        Status = status;
    }

    /// <summary>The job.</summary>
    public JobId Job { get; }

    /// <summary>Its state when the wait ended.</summary>
    public JobStatus Status { get; }
}
