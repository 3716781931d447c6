using System.Runtime.CompilerServices;
using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Observers;

/// <summary>Runs the calls of one observer, one after the other, in order of arrival.</summary>
internal sealed class ObserverTarget : GrainTarget, ITurnHost, IThreadPoolWorkItem
{
    private readonly WeakReference<IGrainObserver> _observer;
    private readonly IObserverHost _host;
    private readonly Lock _lock = new();
    private readonly Queue<GrainRequest> _waiting = new();
    private bool _isRunning;

    public ObserverTarget(IGrainObserver observer, IObserverHost host)
    {
        _observer = new WeakReference<IGrainObserver>(observer);
        _host = host;
    }

    /// <inheritdoc/>
    public override bool IsGone => !_observer.TryGetTarget(out _);

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        lock (_lock)
        {
            _waiting.Enqueue(request);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
    }

    /// <inheritdoc/>
    public void Accept(GrainRequest request) => Receive(request);

    /// <inheritdoc/>
    public void OnInvocationCompleted(GrainRequest request)
    {
        _host.CompleteObserverCall(request);
        RunNext();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => RunNext();

    private void RunNext()
    {
        while (true)
        {
            GrainRequest? request;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out request))
                {
                    _isRunning = false;
                    return;
                }
            }

            // Pairs with the canceller, which answers first and then looks for the executor: one of the two sees the other.
            request.Executor = this;
            Interlocked.MemoryBarrier();
            if (request.IsAnswered && !request.IsOneWay)
            {
                continue;
            }

            if (!Invoke(request))
            {
                request.WhenInvoked(this);
                return;
            }

            _host.CompleteObserverCall(request);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Invoke(GrainRequest request)
    {
        request.Phase = RequestPhase.Running;
        if (!_observer.TryGetTarget(out var observer))
        {
            request.TryFail(new ClientNotAvailableException($"An observer of {_host.ObserverHostName} is gone."));
            return true;
        }

        if (request.Context is { } context)
        {
            RequestContext.Restore(context);
        }

        var hasFinished = request.Invoke(observer);
        RequestContext.Restore(null);
        return hasFinished;
    }
}
