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
    /// <param name="isShared">Whether other processes are to tell of it; false where <see cref="Share"/> follows.</param>
    /// <returns>
    /// The job once it has ended; null where another process ended it, so that it has to be read. A hint: an end may go unheard, so read the store
    /// from time to time.
    /// </returns>
    public Task<Job?> Add(JobId job, bool isShared = true)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(job, out var entry)) _waiting[job] = entry = new Entry();
            entry.Waits++;
            if (isShared) AskOthers(job, entry);
            return entry.Ended.Task;
        }
    }

    /// <summary>Asks other processes to tell of the end too, unless this one has leased the job: then it ends here, and asking was spared.</summary>
    /// <param name="job">A job that is waited for.</param>
    /// <returns>Whether they are asked from now on: the job may have ended before, and has to be read.</returns>
    public bool Share(JobId job)
    {
        lock (_gate) return store.IsShared && _waiting.TryGetValue(job, out var entry) && !entry.IsLeasedHere && AskOthers(job, entry);
    }

    /// <summary>Ends a wait. Counted: others that wait for the same job go on.</summary>
    /// <param name="job">The job.</param>
    public void Remove(JobId job)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(job, out var entry) || --entry.Waits > 0) return;
            _waiting.TryRemove(job, out _);
            if (entry.IsShared && !entry.IsNoticed) store.Unwatch(job); // also where the job ended here: the note may have come after its end
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (_waiting.IsEmpty) return;
        foreach (var change in changes)
        {
            if (change.Kind != JobEventKind.Leased && !change.Job.Status.IsTerminal()) continue;
            if (!_waiting.TryGetValue(change.Job.Id, out var entry)) continue;
            if (change.Kind == JobEventKind.Leased) entry.IsLeasedHere = true;
            else entry.Ended.TrySetResult(change.Job);
        }
    }

    /// <inheritdoc/>
    public void OnNoticed(JobNotice notice)
    {
        if (notice.Kind != JobNoticeKind.Ended || !_waiting.TryGetValue(notice.Job, out var entry)) return;
        entry.IsNoticed = true;
        entry.Ended.TrySetResult(null);
    }

    private bool AskOthers(JobId job, Entry entry)
    {
        if (entry.IsShared || entry.Ended.Task.IsCompleted) return false;
        entry.IsShared = true;
        store.Watch(job);
        return true;
    }

    private sealed class Entry
    {
        private volatile bool _isLeasedHere;
        private volatile bool _isNoticed;

        public TaskCompletionSource<Job?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsLeasedHere
        {
            get => _isLeasedHere;
            set => _isLeasedHere = value;
        }

        /// <summary>Whether the end took the note away with it.</summary>
        public bool IsNoticed
        {
            get => _isNoticed;
            set => _isNoticed = value;
        }

        /// <summary>Guarded by the gate.</summary>
        public bool IsShared { get; set; }

        /// <summary>Guarded by the gate.</summary>
        public int Waits { get; set; }
    }
}
