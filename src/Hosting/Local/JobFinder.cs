using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Finds a job, as it is or at its end.</summary>
internal sealed class JobFinder(IJobStore store, JobEnds ends, TimeProvider time)
{
    /// <summary>Finds a job, waiting for its end if asked.</summary>
    /// <exception cref="JobSystemException"><c>not_found</c> or <c>gone</c>.</exception>
    public async Task<Job> FindAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero) return await store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
        using var end = ends.Listen(id);
        var job = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return await ends.WaitAsync(job, end, wait, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
    }

    /// <summary>The error for a job that is not there: its id tells whether it ever was.</summary>
    public JobSystemException Missing(JobId id) => id.CreatedAt <= time.GetUtcNow()
        ? new JobSystemException(ErrorCodes.Gone, $"Job {id} is no longer kept.")
        : new JobSystemException(ErrorCodes.NotFound, $"There is no job {id}.");
}
