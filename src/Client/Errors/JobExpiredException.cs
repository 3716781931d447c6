using Molino.Core;

namespace Molino.Client;

/// <summary>The job that was waited for was not started before its expiry.</summary>
public sealed class JobExpiredException : JobSystemException
{
    /// <summary>Names the job.</summary>
    /// <param name="job">The job.</param>
    public JobExpiredException(JobId job)
        : base(ErrorCodes.Cancelled, $"Job {job} was not started before its expiry.") => Job = job;

    /// <summary>The job.</summary>
    public JobId Job { get; }
}
