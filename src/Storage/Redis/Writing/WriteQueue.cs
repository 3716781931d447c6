using Molino.Core;

namespace Molino.Storage.Redis.Writing;

/// <summary>What waits to be sent. Changes of a job that is in a batch under way wait for that batch, so that a job's changes keep their order.</summary>
internal sealed class WriteQueue(int capacity, int maxInFlight) : IDisposable
{
    private const int MaxWeight = 2000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Queue<Batch> _again = new();
    private readonly HashSet<JobId> _busy = [];
    private List<WriteItem> _waiting = [];
    private int _inFlight;
    private bool _closed;

    /// <summary>Adds an item, as soon as there is room.</summary>
    /// <returns>False when the queue is closed.</returns>
    public async ValueTask<bool> AddAsync(WriteItem item, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_closed) return false;
            _waiting.Add(item);
        }

        item.WhenQueued?.Invoke(); // what it adds is sent together with the item
        _signal.Release();
        return true;
    }

    /// <summary>Takes what can be sent now, or waits for something.</summary>
    /// <param name="make">Makes a batch of items.</param>
    /// <returns>A batch; null when the queue is closed and empty.</returns>
    public async Task<Batch?> TakeAsync(Func<List<WriteItem>, Batch> make)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_again.TryDequeue(out var again)) return again;
                if (_inFlight < maxInFlight && TakeItems() is { Count: > 0 } items)
                {
                    _inFlight++;
                    return make(items);
                }

                if (_closed && _waiting.Count == 0 && _inFlight == 0) return null;
            }

            await _signal.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A batch that was taken has to be composed and sent again.</summary>
    public void Again(Batch batch)
    {
        foreach (var item in batch.Items) item.IsLate = true;
        lock (_gate) _again.Enqueue(batch);
        _signal.Release();
    }

    /// <summary>Items of a batch that was taken are done with, one way or the other.</summary>
    public void Finished(IReadOnlyList<WriteItem> items, bool endsBatch)
    {
        lock (_gate)
        {
            foreach (var item in items) Mark(item, _busy, busy: false);
            if (endsBatch) _inFlight--;
        }

        if (items.Count > 0) _room.Release(items.Count);
        _signal.Release();
    }

    /// <summary>Takes no more items; those that wait are still sent.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        _signal.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _signal.Dispose();
    }

    private List<WriteItem> TakeItems()
    {
        var taken = new List<WriteItem>();
        var left = new List<WriteItem>();
        HashSet<JobId>? behind = null;
        var weight = 0;
        var i = 0;
        for (; i < _waiting.Count; i++)
        {
            var item = _waiting[i];
            if (taken.Count > 0 && (weight + item.Weight > MaxWeight || item.StandsAlone)) break;
            if (Meets(item, _busy) || (behind is not null && Meets(item, behind)))
            {
                left.Add(item);
                Mark(item, behind ??= [], busy: true);
                continue;
            }

            taken.Add(item);
            weight += item.Weight;
            if (item.StandsAlone)
            {
                i++;
                break;
            }
        }

        for (; i < _waiting.Count; i++) left.Add(_waiting[i]);
        foreach (var item in taken) Mark(item, _busy, busy: true);
        if (taken.Count > 0) _waiting = left;
        return taken;
    }

    private static bool Meets(WriteItem item, HashSet<JobId> jobs)
    {
        if (jobs.Count == 0) return false;
        foreach (var change in item.Changes)
        {
            if (change.Event is not JobEvent.Submitted && jobs.Contains(change.Job)) return true;
        }

        return false;
    }

    private static void Mark(WriteItem item, HashSet<JobId> jobs, bool busy)
    {
        foreach (var change in item.Changes)
        {
            if (change.Event is JobEvent.Submitted) continue;
            if (busy) jobs.Add(change.Job);
            else jobs.Remove(change.Job);
        }
    }
}
