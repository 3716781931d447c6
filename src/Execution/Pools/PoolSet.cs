using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>The pools of this silo. Learns queues and stop requests from commits, so that both reach a pool at once.</summary>
internal sealed class PoolSet : ICommitObserver, IPoolDirectory
{
    private readonly HashSet<string> _queues = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public PoolSet(IReadOnlyList<Pool> pools) => Pools = pools;

    public IReadOnlyList<Pool> Pools { get; }

    IReadOnlyList<PoolSnapshot> IPoolDirectory.Pools =>
        [.. Pools.Select(pool => new PoolSnapshot(
            pool.Name, pool.Options.Kind, [.. pool.Options.Queues], pool.Options.Concurrency, pool.Running.Count, pool.Lost, pool.Completed, pool.IsStalled))];

    /// <inheritdoc/>
    public bool IsDraining => Pools.Any(pool => pool.IsDraining);

    /// <summary>Wakes the pools that serve a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="isResumed">Whether it was paused until now.</param>
    /// <returns>Whether one of them has room.</returns>
    public bool Ring(string queue, bool isResumed)
    {
        var hasRoom = false;
        foreach (var pool in Pools) hasRoom |= pool.Ring(queue, isResumed);
        return hasRoom;
    }

    /// <inheritdoc/>
    public Task DrainAsync() => Task.WhenAll(Pools.Select(pool => pool.EmptyAsync()));

    /// <inheritdoc/>
    public void Resume()
    {
        foreach (var pool in Pools) pool.TakeAgain();
        string[] queues;
        lock (_gate) queues = [.. _queues];
        foreach (var queue in queues)
        {
            foreach (var pool in Pools) pool.Serve(queue); // those that were learnt meanwhile
        }
    }

    /// <inheritdoc/>
    public void LoseAll()
    {
        foreach (var pool in Pools)
        {
            pool.TakeNoMore();
            foreach (var (_, attempt) in pool.Running) attempt.Lose();
        }
    }

    /// <summary>Makes the pools that serve a queue pull from it.</summary>
    public void Learn(string queue)
    {
        lock (_gate)
        {
            if (!_queues.Add(queue)) return;
        }

        foreach (var pool in Pools) pool.Serve(queue);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        string? last = null;
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case JobEventKind.Submitted or JobEventKind.Reprioritised when change.Job.Queue != last:
                    last = change.Job.Queue;
                    Learn(last);
                    break;
                case JobEventKind.CancelRequested when change.Job.Status == JobStatus.Running:
                    Stop(change.Job.Id);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void OnNoticed(JobNotice notice)
    {
        if (notice.Kind == JobNoticeKind.StopRequested) Stop(notice.Job);
    }

    /// <summary>Passes a stop request on to the attempt, if it runs here.</summary>
    public void Stop(JobId job)
    {
        foreach (var pool in Pools)
        {
            if (pool.Running.TryGetValue(job, out var attempt)) attempt.Stop(StopReason.CancelRequested);
        }
    }
}
