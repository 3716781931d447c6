using Microsoft.Extensions.Hosting;

namespace Molino.Hosting;

/// <summary>Lets long waits end when the host begins to stop, so that a drain is not held up by them.</summary>
internal sealed class SiloLife
{
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;

    public SiloLife(IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _time = time;
        Stopping = lifetime.ApplicationStopping;
        lifetime.ApplicationStopping.Register(() => _stopping.TrySetResult());
    }

    /// <summary>Cancelled when the stop begins.</summary>
    public CancellationToken Stopping { get; }

    public bool IsStopping => Stopping.IsCancellationRequested;

    /// <summary>Waits for a task, at most so long and not beyond the begin of the stop. Does not throw when the time is over.</summary>
    public async Task WaitAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        var first = Task.WhenAny(task, _stopping.Task);
        try
        {
            await first.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }
    }
}
