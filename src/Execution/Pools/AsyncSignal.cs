namespace Molino.Execution;

/// <summary>Wakes one waiter; signals given while nobody waits are remembered as one.</summary>
internal sealed class AsyncSignal : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _set;

    /// <summary>Wakes the waiter on another thread, or lets the next wait return at once.</summary>
    public void Set()
    {
        lock (_gate)
        {
            _set = true;
            if (_waiter is null) return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The same, but the waiter goes on within this call: for callers that hold nothing and are at their end. It saves waking a thread.</summary>
    public void SetAndRun()
    {
        lock (_gate) _set = true;
        ((IThreadPoolWorkItem)this).Execute();
    }

    /// <summary>Waits for a signal. One waiter at a time.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return Task.CompletedTask;
            }

            _waiter ??= new TaskCompletionSource();
            return _waiter.Task;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            if (_waiter is null || !_set) return;
            waiter = _waiter;
            _waiter = null;
            _set = false;
        }

        waiter.TrySetResult();
    }
}
