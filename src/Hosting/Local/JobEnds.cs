using Molino.Core;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Waits for the ends of jobs, whichever silo runs them.</summary>
internal sealed class JobEnds(IJobStore store, JobWatch watch, SiloLife life, TimeProvider time)
{
    /// <summary>How often the store is read meanwhile, in case an end was not told.</summary>
    private static readonly TimeSpan Reread = TimeSpan.FromSeconds(2);

    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <summary>Listens from now on, before the job is read or stored, so that no end goes unheard. Dispose it after the wait.</summary>
    /// <param name="id">The job.</param>
    public Listening Listen(JobId id) => new(watch, id);

    /// <summary>Listens for the end of a job that is about to be stored, and will most likely run here.</summary>
    /// <param name="id">The job.</param>
    public Listening ListenHere(JobId id) => new(watch, id, isShared: false);

    /// <summary>Waits for a job's end.</summary>
    /// <param name="job">The job, read or stored since the listening began.</param>
    /// <param name="listening">Made for this job.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The job when it has ended, the wait is over or the silo stops; null when it is no longer stored.</returns>
    public async Task<Job?> WaitAsync(Job? job, Listening listening, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        Task told = listening.Ended;
        if (job is not null && listening.Share()) job = await store.FindAsync(job.Id, cancellationToken).ConfigureAwait(false);
        while (job is not null && !job.Status.IsTerminal() && !life.IsStopping)
        {
            var left = wait - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) break;
            await life.WaitAsync(told, left < Reread ? left : Reread, cancellationToken).ConfigureAwait(false);
            if (listening.Ended.IsCompletedSuccessfully && await listening.Ended.ConfigureAwait(false) is { } ended) return ended;
            if (told.IsCompleted) told = Never; // told once; should the job go on all the same, the store is read from now on
            job = await store.FindAsync(job.Id, cancellationToken).ConfigureAwait(false);
        }

        return job;
    }

    /// <summary>A wait that has begun.</summary>
    internal sealed class Listening(JobWatch watch, JobId id, bool isShared = true) : IDisposable
    {
        /// <summary>Completes once the job has ended: with the job, or null when it has to be read.</summary>
        public Task<Job?> Ended { get; } = watch.Add(id, isShared);

        /// <summary>Hears of an end on another silo too from now on.</summary>
        /// <returns>Whether the job has to be read: it may have ended there already.</returns>
        public bool Share() => watch.Share(id);

        /// <inheritdoc/>
        public void Dispose() => watch.Remove(id);
    }
}
