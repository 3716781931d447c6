using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Turns;

/// <summary>
/// The queue of one activation and the guarantee that its turns never overlap. Any thread may post; whoever posts to an idle
/// queue puts it on the thread pool, and it stays there until it is empty. As the synchronization context of its turns it brings
/// what a grain awaits back into a turn.
/// </summary>
/// <remarks>
/// A stack that producers push to by compare-and-set and that the one consumer takes as a whole: no lock, and nothing to keep
/// while idle. A null head means idle, <see cref="Busy"/> means that the consumer is at work and the stack is empty.
/// </remarks>
internal sealed class TurnQueue : SynchronizationContext, IThreadPoolWorkItem, IActivationScope
{
    private const int SliceMilliseconds = 20;
    private const int TurnsBetweenClockReads = 16;

    private static readonly WorkItem Busy = new BusyMarker();

    private readonly Activation _activation;
    private WorkItem? _incoming;
    private WorkItem? _ready;
    private int _backlog;

    public TurnQueue(Activation activation) => _activation = activation;

    /// <summary>Gets the activation.</summary>
    public IActivation Activation => _activation;

    /// <summary>Gets a value indicating whether the calling thread runs a turn of this queue.</summary>
    public bool IsCurrent => ReferenceEquals(Current, this);

    /// <summary>Gets a value indicating whether nothing is queued and no turn runs.</summary>
    public bool IsIdle => Volatile.Read(ref _incoming) is null;

    /// <summary>Gets the number of calls that wait. A moment's view.</summary>
    public int Length => (Volatile.Read(ref _incoming)?.Depth ?? 0) + Volatile.Read(ref _backlog);

    /// <summary>Adds an item that is never refused.</summary>
    /// <param name="item">The item.</param>
    public void Post(WorkItem item) => TryPost(item, int.MaxValue);

    /// <summary>Adds an item unless too many calls wait.</summary>
    /// <param name="item">The item.</param>
    /// <param name="limit">The largest number of calls that may wait.</param>
    /// <returns>False when the queue is full.</returns>
    public bool TryPost(WorkItem item, int limit)
    {
        var isBounded = item.IsBounded;
        var head = Volatile.Read(ref _incoming);
        while (true)
        {
            var depth = head?.Depth ?? 0;
            if (isBounded)
            {
                if (depth + _backlog >= limit)
                {
                    return false;
                }

                depth++;
            }

            item.Depth = depth;
            item.Next = ReferenceEquals(head, Busy) ? null : head;
            var seen = Interlocked.CompareExchange(ref _incoming, item, head);
            if (ReferenceEquals(seen, head))
            {
                break;
            }

            head = seen;
        }

        if (head is null)
        {
            Schedule();
        }

        return true;
    }

    /// <summary>Tells the queue that an item it had taken no longer waits. On a turn only, and before the item's phase changes.</summary>
    /// <param name="item">The item.</param>
    public void OnLeft(WorkItem item) => _backlog -= item.IsBounded ? 1 : 0;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => Post(new ContinuationItem(d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
        {
            throw new NotSupportedException("Waiting for another activation's turn would block this thread; await a call instead.");
        }

        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        var outer = Current;
        SetSynchronizationContext(this);
        bool isDrained;
        try
        {
            isDrained = Drain();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }

        if (!isDrained)
        {
            Schedule();
        }
    }

    // The global queue is first in, first out. The local one is not: a pair that calls each other without end would keep all others waiting.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool Drain()
    {
        var cleanContext = ExecutionContext.Capture()!;
        var end = Environment.TickCount64 + SliceMilliseconds;
        for (var turns = 1; ; turns++)
        {
            _ready ??= TakeIncoming();
            var item = _ready;
            if (item is null)
            {
                if (ReferenceEquals(Interlocked.CompareExchange(ref _incoming, null, Busy), Busy))
                {
                    return true;
                }

                continue;
            }

            _ready = item.Next;
            item.Next = null;
            _activation.RunTurns(item, cleanContext);
            if (turns % TurnsBetweenClockReads == 0 && Environment.TickCount64 > end)
            {
                return false;
            }
        }
    }

    /// <summary>Takes all that producers pushed and turns it into the order of arrival.</summary>
    private WorkItem? TakeIncoming()
    {
        var item = Interlocked.Exchange(ref _incoming, Busy);
        if (ReferenceEquals(item, Busy))
        {
            return null;
        }

        _backlog += item!.Depth;
        WorkItem? first = null;
        while (item is not null)
        {
            var next = item.Next;
            item.Next = first;
            first = item;
            item = next;
        }

        return first;
    }

    private sealed class BusyMarker : WorkItem
    {
        internal override void Execute(ITurnHost host) => throw new InvalidOperationException("The marker is never run.");
    }
}
