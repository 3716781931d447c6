using System.Diagnostics.CodeAnalysis;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>What waits for the writer. Bounded: callers beyond wait for room.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore without a wait handle holds nothing; disposing it would leave callers that wait for room waiting.")]
internal sealed class WriteQueue(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<WriteItem> _items = new();
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private bool _closed;

    /// <summary>Adds work, as soon as there is room.</summary>
    /// <returns>False when the queue is closed.</returns>
    public async ValueTask<bool> AddAsync(WriteItem item, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_closed)
            {
                _room.Release();
                return false;
            }

            _items.Enqueue(item);
            if (item.WhenQueued is null && _items.Count == 1) Monitor.Pulse(_gate);
        }

        if (item.WhenQueued is null) return true;
        item.WhenQueued(); // what it adds is taken together with the item
        lock (_gate) Monitor.Pulse(_gate);
        return true;
    }

    /// <summary>Takes all that waits, up to a weight; waits while nothing does.</summary>
    /// <param name="group">Where to put it.</param>
    /// <param name="maxWeight">At most so many changes, but at least one item.</param>
    /// <param name="timeout">Longest wait; the group is empty after it.</param>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(List<WriteItem> group, int maxWeight, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_items.Count == 0 && !_closed) Monitor.Wait(_gate, timeout);
            if (_items.Count == 0) return !_closed;
            var weight = 0;
            while (_items.TryPeek(out var next) && (group.Count == 0 || weight + next.Weight <= maxWeight))
            {
                weight += next.Weight;
                group.Add(_items.Dequeue());
            }
        }

        _room.Release(group.Count);
        return true;
    }

    /// <summary>Takes no more work; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
