using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Molino.Grains;

/// <summary>See <see cref="IQueueGrain"/>. After a loss of the activation the next calls rebuild all it needs.</summary>
[Reentrant]
public sealed class QueueGrain(QueueBells bells, TimeProvider time) : Grain, IQueueGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>Who waits for a ring, longest first: so that idle pools take turns.</summary>
    private readonly LinkedList<TaskCompletionSource> _listening = new();

    /// <summary>Whether a ring found nobody.</summary>
    private bool _owed;
    private DateTimeOffset? _dueAt;
    private IGrainTimer? _dueTimer;

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var listener in _listening) listener.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> ListenAsync(TimeSpan wait)
    {
        if (_owed)
        {
            _owed = false;
            return true;
        }

        var rung = _listening.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await rung.Value.Task.WaitAsync(wait < LongestWait ? wait : LongestWait, time);
            return true;
        }
        catch (TimeoutException)
        {
            if (rung.List is not null) _listening.Remove(rung);
            return rung.Value.Task.IsCompleted; // a ring may have come since the time was over
        }
    }

    /// <inheritdoc/>
    public Task RingAsync(QueueRing ring)
    {
        Ring(ring.Others);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WakeAtAsync(DateTimeOffset due)
    {
        if (_dueAt <= due) return Task.CompletedTask;
        var wait = due - time.GetUtcNow();
        if (wait <= TimeSpan.Zero) return RingEverywhere();
        _dueAt = due;
        _dueTimer?.Dispose();
        _dueTimer = this.RegisterGrainTimer(
            OnDueAsync,
            new GrainTimerCreationOptions(wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
        return Task.CompletedTask;
    }

    private Task OnDueAsync(CancellationToken cancellationToken)
    {
        _dueAt = null;
        return RingEverywhere();
    }

    /// <summary>This is the queue's first shard: any of the others may have the listener.</summary>
    private Task RingEverywhere()
    {
        Ring(bells.OptionsOf(this.GetPrimaryKeyString()).Shards - 1);
        return Task.CompletedTask;
    }

    private void Ring(int others)
    {
        if (_listening.First is { } listener)
        {
            _listening.RemoveFirst();
            listener.Value.TrySetResult();
        }
        else if (others > 0)
        {
            _ = bells.NextTo(this.GetPrimaryKeyString()).RingAsync(new QueueRing(others - 1));
        }
        else
        {
            _owed = true;
        }
    }
}
