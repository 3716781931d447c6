using System.Collections.Concurrent;
using Molino.Core;
using Molino.Storage;

namespace Molino.Grains;

/// <summary>
/// Ends of jobs, for whoever waits for them in this process, whichever process ends them. Costs one look-up per end while somebody waits, and nothing
/// otherwise.
/// </summary>
/// <param name="store">Tells of the ends; this must be one of its observers.</param>
public sealed class JobWatch(IJobStore store) : ICommitObserver
{
    private readonly ConcurrentDictionary<JobId, Entry> _waiting = new();
    private readonly Lock _gate = new();

    /// <summary>Starts a wait. Begin it before the job is read or stored, so that an end in between is heard; finish it with <see cref="Remove"/>.</summary>
    /// <param name="job">The job.</param>
    /// <returns>
    /// The job once it has ended; null where another process ended it, so that it has to be read. A hint: an end may go unheard, so read the store
    /// from time to time.
    /// </returns>
    public Task<Job?> Add(JobId job)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(job, out var entry))
            {
                _waiting[job] = entry = new Entry();
                store.Watch(job);
            }

            entry.Waits++;
            return entry.Ended.Task;
        }
    }

    /// <summary>Ends a wait. Counted: others that wait for the same job go on.</summary>
    /// <param name="job">The job.</param>
    public void Remove(JobId job)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(job, out var entry) || --entry.Waits > 0) return;
            _waiting.TryRemove(job, out _);
            if (!entry.Ended.Task.IsCompleted) store.Unwatch(job);
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (_waiting.IsEmpty) return;
        foreach (var change in changes)
        {
            if (change.Job.Status.IsTerminal() && _waiting.TryGetValue(change.Job.Id, out var entry)) entry.Ended.TrySetResult(change.Job);
        }
    }

    /// <inheritdoc/>
    public void OnNoticed(JobNotice notice)
    {
        if (notice.Kind == JobNoticeKind.Ended && _waiting.TryGetValue(notice.Job, out var entry)) entry.Ended.TrySetResult(null);
    }

    private sealed class Entry
    {
        public TaskCompletionSource<Job?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Guarded by the gate.</summary>
        public int Waits { get; set; }
    }
}
