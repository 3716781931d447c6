namespace Molino.Execution;

/// <summary>Wakes all who wait for the next of something; costs a read while nobody waits.</summary>
public sealed class Pulse
{
    private TaskCompletionSource? _next;

    /// <summary>Completes at the next beat. Take it before looking at what the beats tell of, so that none in between is missed.</summary>
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

    /// <summary>Wakes those who wait.</summary>
    public void Beat()
    {
        if (Volatile.Read(ref _next) is not null) Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }
}
