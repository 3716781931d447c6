using Microsoft.Extensions.Options;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

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

    /// <summary>How long a policy is trusted: another activation may have changed it.</summary>
    private static readonly TimeSpan PolicyAge = TimeSpan.FromSeconds(2);

    private const int MostWrites = 20;

    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _aging;
    private long _version;
    private DateTimeOffset? _dueAt;
    private IGrainTimer? _dueTimer;
    private long _policyReadAt;
    private Task _policyWork = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _aging = options.Get(this.GetPrimaryKeyString()).Aging;
        _policyReadAt = time.GetTimestamp();
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
        if (request.Max > 0 && time.GetElapsedTime(_policyReadAt) > PolicyAge) await InTurnAsync(ReadPolicyAsync);
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
        await InTurnAsync(() => WritePausedAsync(paused));
        Ring();
    }

    /// <inheritdoc/>
    public async Task<QueuePolicy> PolicyAsync()
    {
        await InTurnAsync(ReadPolicyAsync);
        return policy.State;
    }

    /// <summary>Writes what was asked over what is stored, which another activation may have written since it was read.</summary>
    private async Task WritePausedAsync(bool paused)
    {
        for (var write = 1; ; write++)
        {
            await ReadPolicyAsync();
            if (policy.State.Paused == paused) return;
            policy.State = new QueuePolicy { Paused = paused };
            try
            {
                await policy.WriteStateAsync();
                return;
            }
            catch (InconsistentStateException) when (write < MostWrites)
            {
                // another activation was first: read and write again
            }
            catch
            {
                DeactivateOnIdle(); // the write's outcome is unknown: the next activation reads it
                throw;
            }
        }
    }

    private async Task ReadPolicyAsync()
    {
        await policy.ReadStateAsync();
        _policyReadAt = time.GetTimestamp();
    }

    /// <summary>One after the other: the grain is reentrant, the record it reads and writes is not.</summary>
    private async Task InTurnAsync(Func<Task> work)
    {
        var before = _policyWork;
        var done = new TaskCompletionSource();
        _policyWork = done.Task;
        await before;
        try
        {
            await work();
        }
        finally
        {
            done.SetResult();
        }
    }

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
