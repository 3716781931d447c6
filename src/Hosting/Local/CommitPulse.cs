using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Wakes readers of the event log at each commit, while there are any.</summary>
internal sealed class CommitPulse : ICommitObserver
{
    private TaskCompletionSource? _next;

    /// <summary>Completes at the next commit.</summary>
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

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        if (Volatile.Read(ref _next) is not null) Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }
}
