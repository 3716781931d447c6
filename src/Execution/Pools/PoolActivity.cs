namespace Molino.Execution;

/// <summary>Lets those who watch attempts sleep while there is none.</summary>
internal sealed class PoolActivity
{
    private TaskCompletionSource? _next;

    /// <summary>Completes when the next attempt starts, in any pool. Take it before looking whether something runs.</summary>
    public Task Next
    {
        get
        {
            while (true)
            {
                if (Volatile.Read(ref _next) is { } waiting) return waiting.Task;
                var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Interlocked.CompareExchange(ref _next, made, null) is null) return made.Task;
            }
        }
    }

    /// <summary>An attempt starts.</summary>
    public void Started()
    {
        if (Volatile.Read(ref _next) is not null) Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }
}
