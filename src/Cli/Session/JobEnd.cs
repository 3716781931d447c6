using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary>What the end of a job means to somebody who waited for it.</summary>
internal static class JobEnd
{
    /// <summary>Exit code of a job that ended; throws, for the message, when it did not succeed.</summary>
    /// <param name="job">The job.</param>
    public static int ExitCodeOf(JobView job) => job.Status switch
    {
        JobStatus.Succeeded => ExitCode.Done,
        JobStatus.Failed => throw new JobFailedException(job.Id, job.Error),
        JobStatus.Cancelled => throw new JobCancelledException(job.Id, job.CancelReason),
        JobStatus.Expired => throw new JobExpiredException(job.Id),
        _ => throw new JobSystemException(
            ErrorCodes.Timeout, $"Job {job.Id} has not ended: it is {Text.Name(job.Status)}. To wait for it: molino result {job.Id} --wait 60"),
    };
}
