using System.Collections.Concurrent;
using Molino.Core;
using Molino.Storage;

namespace Molino.Grains;

/// <summary>Tells a job's grain of the job's end, where somebody waits. Costs one look-up per commit while nobody does.</summary>
public sealed class JobWatch : ICommitObserver
{
    private readonly ConcurrentDictionary<JobId, IJobGrain> _waiting = new();

    /// <summary>Starts telling a grain.</summary>
    /// <param name="job">The job it waits for.</param>
    /// <param name="grain">The job's grain.</param>
    public void Add(JobId job, IJobGrain grain) => _waiting[job] = grain;

    /// <summary>Stops telling.</summary>
    /// <param name="job">The job.</param>
    public void Remove(JobId job) => _waiting.TryRemove(job, out _);

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (_waiting.IsEmpty) return;
        foreach (var change in changes)
        {
            if (change.Job.Status.IsTerminal() && _waiting.TryGetValue(change.Job.Id, out var grain))
                _ = grain.EndedAsync(change.Job);
        }
    }
}
