using Molino.Core;
using Molino.Grains;
using Molino.Storage;
using Orleans;
using Orleans.Runtime;

namespace Molino.Hosting;

/// <summary>Waits for the ends of jobs: by this process's own commits where it is the store's only writer, through the job's grain otherwise.</summary>
internal sealed class JobEnds(IJobStore store, IGrainFactory grains, JobWatch watch, SiloLife life, TimeProvider time)
{
    /// <summary>How often the store is read meanwhile, in case an end was not told.</summary>
    private static readonly TimeSpan Reread = TimeSpan.FromSeconds(2);

    /// <summary>How long an end in this silo is waited for before the job's grain is asked: longer than a short job takes, too short to be felt.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(5);

    /// <summary>How often the store is read while the job's grain cannot be reached.</summary>
    private static readonly TimeSpan WhileAway = TimeSpan.FromMilliseconds(200);

    /// <summary>Listens from now on, before the job is read or stored, so that no end goes unheard. Dispose it after the wait.</summary>
    /// <param name="id">The job.</param>
    public Listening Listen(JobId id) => new(watch, id);

    /// <summary>Waits for a job's end.</summary>
    /// <param name="job">The job, read or stored since the listening began.</param>
    /// <param name="listening">Made for this job.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The job when it has ended, the wait is over or the silo stops; null when it is no longer stored.</returns>
    public async Task<Job?> WaitAsync(Job? job, Listening listening, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (job is not null && !job.Status.IsTerminal() && !life.IsStopping)
        {
            var left = wait - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) break;
            if (store.IsShared)
            {
                job = await AnywhereAsync(job.Id, listening.Ended, left, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await life.WaitAsync(listening.Ended, left < Reread ? left : Reread, cancellationToken).ConfigureAwait(false);
                job = listening.Ended.IsCompletedSuccessfully
                    ? await listening.Ended.ConfigureAwait(false)
                    : await store.FindAsync(job.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        return job;
    }

    /// <summary>
    /// The job may end on any silo: its grain is asked too, after a head start for an end in this silo, which needs no grain. Of the wait's
    /// end the grain is told: a silo cannot stop while a grain's call runs.
    /// </summary>
    private async Task<Job?> AnywhereAsync(JobId id, Task<Job> here, TimeSpan wait, CancellationToken cancellationToken)
    {
        await life.WaitAsync(here, wait < HeadStart ? wait : HeadStart, cancellationToken).ConfigureAwait(false);
        if (here.IsCompletedSuccessfully) return await here.ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.Stopping);
        var asked = grains.GetGrain<IJobGrain>(id.ToString()).WaitAsync(wait, ending.Token);
        var first = await Task.WhenAny((Task)asked, here).ConfigureAwait(false);
        if (first == here)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await here.ConfigureAwait(false);
        }

        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (life.IsStopping && !cancellationToken.IsCancellationRequested)
        {
            return await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SiloUnavailableException or TimeoutException)
        {
            // The silo that has the job's grain is away; within seconds another has it. Until then the store is asked.
            await life.WaitAsync(here, wait < WhileAway ? wait : WhileAway, cancellationToken).ConfigureAwait(false);
            return await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A wait that has begun.</summary>
    internal sealed class Listening(JobWatch watch, JobId id) : IDisposable
    {
        /// <summary>The job, once a commit of this process has ended it.</summary>
        public Task<Job> Ended { get; } = watch.Add(id);

        /// <inheritdoc/>
        public void Dispose() => watch.Remove(id);
    }
}
