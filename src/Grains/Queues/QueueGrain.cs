using Microsoft.Extensions.Options;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Molino.Grains;

/// <summary>See <see cref="IQueueGrain"/>. Holds no jobs: after a loss of the activation, the next listen or pull rebuilds all it needs.</summary>
[Reentrant]
public sealed class QueueGrain(
    IJobStore store,
    [PersistentState("policy", QueueGrain.StateStore)] IPersistentState<QueuePolicy> policy,
    IOptionsMonitor<QueueGrainOptions> options,
    TimeProvider time) : Grain, IQueueGrain
{
    /// <summary>Name of the grain storage that holds the policy.</summary>
    public const string StateStore = "molino";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _aging;
    private long _version;
    private DateTimeOffset? _dueAt;
    private IGrainTimer? _dueTimer;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _aging = options.Get(this.GetPrimaryKeyString()).Aging;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Ring();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<QueueBell> ListenAsync(long known, TimeSpan wait)
    {
        if (known != _version) return new QueueBell(_version, Rung: true);
        try
        {
            await _rung.Task.WaitAsync(wait < LongestWait ? wait : LongestWait, time);
            return new QueueBell(_version, Rung: true);
        }
        catch (TimeoutException)
        {
            return new QueueBell(_version, Rung: false);
        }
    }

    /// <inheritdoc/>
    public Task RingAsync(QueueRing ring)
    {
        if (ring.DueAt is { } due) WakeAt(due);
        else Ring();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<LeaseResult> PullAsync(LeaseRequest request)
    {
        if (policy.State.Paused || _aging is not null)
            request = request with { Max = policy.State.Paused ? 0 : request.Max, Aging = _aging };
        if (request.Max == 0 && request.Completions.Count == 0) return new LeaseResult([], [], MoreReady: false, null);
        var result = await store.LeaseAsync(request, CancellationToken.None);
        if (policy.State.Paused) return result with { MoreReady = false };
        if (result.NextDueAt is { } due) WakeAt(due);
        return result;
    }

    /// <inheritdoc/>
    public async Task SetPausedAsync(bool paused)
    {
        if (policy.State.Paused == paused) return;
        policy.State = new QueuePolicy { Paused = paused };
        try
        {
            await policy.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle(); // the write's outcome is unknown: the next activation reads it
            throw;
        }

        Ring();
    }

    /// <inheritdoc/>
    public Task<QueuePolicy> PolicyAsync() => Task.FromResult(policy.State);

    private void Ring()
    {
        _version++;
        var rung = _rung;
        _rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rung.TrySetResult();
    }

    /// <summary>One timer for the earliest due job; a later one is found by the pull that follows.</summary>
    private void WakeAt(DateTimeOffset due)
    {
        if (_dueAt <= due) return;
        var wait = due - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            Ring();
            return;
        }

        _dueAt = due;
        _dueTimer?.Dispose();
        _dueTimer = this.RegisterGrainTimer(
            OnDueAsync,
            new GrainTimerCreationOptions(wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
    }

    private Task OnDueAsync(CancellationToken cancellationToken)
    {
        _dueAt = null;
        Ring();
        return Task.CompletedTask;
    }
}
