using System.Collections.Concurrent;
using Molino.Core;
using Molino.Storage;

namespace Molino.Grains;

/// <summary>Ends of jobs, for whoever waits for them in this process. Costs one look-up per end while somebody waits, and nothing otherwise.</summary>
public sealed class JobWatch : ICommitObserver
{
    private readonly ConcurrentDictionary<JobId, (TaskCompletionSource<Job> Ended, int Waits)> _waiting = new();

    /// <summary>Starts a wait. Begin it before the job is read, so that an end in between is heard; finish it with <see cref="Remove"/>.</summary>
    /// <param name="job">The job.</param>
    /// <returns>The job once it has ended. A hint: an end may go unheard, so read the store from time to time.</returns>
    public Task<Job> Add(JobId job) => _waiting.AddOrUpdate(
        job,
        static _ => (new TaskCompletionSource<Job>(TaskCreationOptions.RunContinuationsAsynchronously), 1),
        static (_, known) => (known.Ended, known.Waits + 1)).Ended.Task;

    /// <summary>Ends a wait. Counted: others that wait for the same job go on.</summary>
    /// <param name="job">The job.</param>
    public void Remove(JobId job)
    {
        while (_waiting.TryGetValue(job, out var known))
        {
            if (known.Waits == 1 ? _waiting.TryRemove(KeyValuePair.Create(job, known)) : _waiting.TryUpdate(job, (known.Ended, known.Waits - 1), known)) return;
        }
    }

    /// <summary>Tells those who wait here.</summary>
    /// <param name="job">The job, terminal.</param>
    public void Tell(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (_waiting.TryGetValue(job.Id, out var known)) known.Ended.TrySetResult(job);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (_waiting.IsEmpty) return;
        foreach (var change in changes)
        {
            if (change.Job.Status.IsTerminal()) Tell(change.Job);
        }
    }
}
