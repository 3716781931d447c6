using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Storage;
using Molino.Runtime.Turns;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Activations;

/// <summary>The beginning and the end of one activation. Used on its turns, except for reads.</summary>
internal sealed class ActivationLife(Activation activation, RequestGate gate)
{
    private IServiceScope? _scope;
    private TaskCompletionSource? _nothingRuns;
    private TaskCompletionSource? _ended;
    private DeactivationReason? _reasonToEndOnceActive;
    private volatile ActivationState _state;

    /// <summary>Gets where in its life the activation is.</summary>
    public ActivationState State => _state;

    /// <summary>Gets the grain, or null before it was made and after it is gone.</summary>
    public object? Instance { get; private set; }

    /// <summary>Gets the services of the activation.</summary>
    public IServiceProvider Services => _scope?.ServiceProvider ?? throw new ObjectDisposedException(activation.GrainId.ToString());

    /// <summary>Gets a task that completes when the activation is gone.</summary>
    public Task Ended
    {
        get
        {
            if (_state == ActivationState.Gone)
            {
                return Task.CompletedTask;
            }

            var ended = Volatile.Read(ref _ended);
            if (ended is null)
            {
                var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                ended = Interlocked.CompareExchange(ref _ended, made, null) ?? made;
                if (_state == ActivationState.Gone)
                {
                    ended.TrySetResult();
                }
            }

            return ended.Task;
        }
    }

    /// <summary>Makes the grain and activates it.</summary>
    /// <param name="context">What flows with the call that causes it.</param>
    public void Activate(RequestContextData? context)
    {
        _state = ActivationState.Activating;
        _ = ActivateAsync(context);
    }

    /// <summary>Starts to end the activation. Does nothing when that was done before.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends waiting for running calls.</param>
    public void Begin(DeactivationReason reason, CancellationToken cancellationToken)
    {
        switch (_state)
        {
            case ActivationState.Created:
                Vanish(null);
                break;
            case ActivationState.Activating:
                _reasonToEndOnceActive ??= reason;
                break;
            case ActivationState.Active:
                _state = ActivationState.Deactivating;
                if (reason.ReasonCode == DeactivationReasonCode.Migrating)
                {
                    activation.ReleaseWaiting(null);
                }

                _ = DeactivateAsync(reason, cancellationToken);
                break;
            default:
                break;
        }
    }

    /// <summary>Tells that the last running call has ended.</summary>
    public void OnNothingRuns() => _nothingRuns?.TrySetResult();

    private async Task ActivateAsync(RequestContextData? context)
    {
        var silo = activation.Silo;
        try
        {
            RequestContext.Restore(context);
            using var timeout = new CancellationTokenSource(silo.Collection.ActivationTimeout, silo.TimeProvider);
            _scope = silo.Services.CreateScope();
            Instance = activation.Class.CreateInstance(activation, _scope.ServiceProvider, out var states);
            foreach (var state in states)
            {
                await state.LoadAsync(timeout.Token);
            }

            if (Instance is IGrainBase grain)
            {
                await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
            }

            _state = ActivationState.Active;
            silo.Log.Activated(activation.GrainId);
        }
#pragma warning disable CA1031 // The error is the answer of every call that waits.
        catch (Exception error)
#pragma warning restore CA1031
        {
            silo.Log.ActivationFailed(error, activation.GrainId);
            activation.DisposeTimers();
            await DisposeGrainAsync();
            Vanish(error);
            return;
        }

        if (_reasonToEndOnceActive is { } reason)
        {
            Begin(reason, CancellationToken.None);
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var silo = activation.Silo;
        RequestContext.Clear();
        activation.DisposeTimers();
        using var timeout = new CancellationTokenSource(silo.Collection.DeactivationTimeout, silo.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await WaitForRunningCallsAsync(either.Token);
        try
        {
            await activation.EndStreamsAsync().WaitAsync(either.Token);
            if (Instance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(reason, either.Token).WaitAsync(either.Token);
            }
        }
#pragma warning disable CA1031 // The activation goes in any case; the error is logged.
        catch (Exception error)
#pragma warning restore CA1031
        {
            silo.Log.DeactivationFailed(error, activation.GrainId, reason.ReasonCode);
        }

        await DisposeGrainAsync();
        silo.Log.Deactivated(activation.GrainId, reason.ReasonCode, reason.Description);
        Vanish(null);
    }

    private async Task WaitForRunningCallsAsync(CancellationToken cancellationToken)
    {
        if (gate.Running == 0)
        {
            return;
        }

        _nothingRuns = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _nothingRuns.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            activation.Silo.Log.CallsStillRun(activation.GrainId, gate.Running);
        }
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            switch (Instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
                default:
                    break;
            }

            if (_scope is IAsyncDisposable scope)
            {
                await scope.DisposeAsync();
            }
        }
#pragma warning disable CA1031 // The activation goes in any case; the error is logged.
        catch (Exception error)
#pragma warning restore CA1031
        {
            activation.Silo.Log.DisposalFailed(error, activation.GrainId);
        }
    }

    private void Vanish(Exception? error)
    {
        activation.Class.Remove(activation);
        _state = ActivationState.Gone;
        Interlocked.MemoryBarrier();
        Instance = null;
        _scope = null;
        activation.ReleaseWaiting(error);
        Volatile.Read(ref _ended)?.TrySetResult();
    }
}
