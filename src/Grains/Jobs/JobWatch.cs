using System.Collections.Concurrent;
using Molino.Core;
using Molino.Storage;

namespace Molino.Grains;

/// <summary>Tells a job's grain of the job's end, where somebody waits. Costs one look-up per commit while nobody does.</summary>
public sealed class JobWatch : ICommitObserver
{
    private readonly ConcurrentDictionary<JobId, (IJobGrain Grain, int Waits)> _waiting = new();

    /// <summary>Starts telling a grain. Counted: a wait that ends, on whichever activation, leaves the others theirs.</summary>
    /// <param name="job">The job it waits for.</param>
    /// <param name="grain">The job's grain.</param>
    public void Add(JobId job, IJobGrain grain) => _waiting.AddOrUpdate(job, _ => (grain, 1), (_, known) => (known.Grain, known.Waits + 1));

    /// <summary>Stops telling, when it was called as often as <see cref="Add"/>.</summary>
    /// <param name="job">The job.</param>
    public void Remove(JobId job)
    {
        while (_waiting.TryGetValue(job, out var known))
        {
            if (known.Waits == 1 ? _waiting.TryRemove(KeyValuePair.Create(job, known)) : _waiting.TryUpdate(job, (known.Grain, known.Waits - 1), known)) return;
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (_waiting.IsEmpty) return;
        foreach (var change in changes)
        {
            if (change.Job.Status.IsTerminal() && _waiting.TryGetValue(change.Job.Id, out var known))
                _ = known.Grain.EndedAsync(change.Job);
        }
    }
}
