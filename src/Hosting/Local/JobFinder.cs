using Molino.Core;
using Molino.Grains;
using Molino.Storage;
using Orleans;

namespace Molino.Hosting;

/// <summary>Finds a job, and waits for its end.</summary>
internal sealed class JobFinder(IJobStore store, IGrainFactory grains, SiloLife life, TimeProvider time)
{
    /// <summary>Finds a job, waiting for its end if asked.</summary>
    /// <exception cref="JobSystemException"><c>not_found</c> or <c>gone</c>.</exception>
    public async Task<Job> FindAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero) return await WaitAsync(id, wait, cancellationToken).ConfigureAwait(false);
        return await store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
    }

    /// <summary>Repeats the grain's long poll until the job has ended, the wait is over or the silo stops.</summary>
    public async Task<Job> WaitAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var grain = grains.GetGrain<IJobGrain>(id.ToString());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.Stopping);
        while (true)
        {
            var left = wait - time.GetElapsedTime(start);
            var job = await AskAsync(grain, id, left > TimeSpan.Zero ? left : TimeSpan.Zero, ending.Token, cancellationToken).ConfigureAwait(false) ?? throw Missing(id);
            if (job.Status.IsTerminal() || life.IsStopping || time.GetElapsedTime(start) >= wait) return job;
        }
    }

    /// <summary>The error for a job that is not there: its id tells whether it ever was.</summary>
    public JobSystemException Missing(JobId id) => id.CreatedAt <= time.GetUtcNow()
        ? new JobSystemException(ErrorCodes.Gone, $"Job {id} is no longer kept.")
        : new JobSystemException(ErrorCodes.NotFound, $"There is no job {id}.");

    /// <summary>One long poll. The grain is told of its end too: a silo cannot stop while a grain's call runs.</summary>
    private async Task<Job?> AskAsync(IJobGrain grain, JobId id, TimeSpan wait, CancellationToken ending, CancellationToken cancellationToken)
    {
        try
        {
            return await grain.WaitAsync(wait, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (life.IsStopping && !cancellationToken.IsCancellationRequested)
        {
            return await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }
}
