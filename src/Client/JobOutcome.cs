using Molino.Core;

namespace Molino.Client;

/// <summary>Turns the end of a job into what a waiting caller gets.</summary>
internal static class JobOutcome
{
    /// <summary>Throws what the state means to somebody who waits for a result.</summary>
    /// <param name="job">The job when the wait ended.</param>
    /// <param name="waited">How long was waited.</param>
    public static void ThrowUnlessSucceeded(JobView job, TimeSpan waited)
    {
        switch (job.Status)
        {
            case JobStatus.Succeeded:
                return;
            case JobStatus.Failed:
                throw new JobFailedException(job.Id, job.Error);
            case JobStatus.Cancelled:
                throw new JobCancelledException(job.Id, job.CancelReason);
            case JobStatus.Expired:
                throw new JobExpiredException(job.Id);
            default:
                throw new JobTimeoutException(job.Id, job.Status, waited);
        }
    }
}
