using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Timers;
using Molino.Runtime.Turns;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Activations;

/// <summary>One grain in memory: admits calls one after the other, and lives from its first call to its deactivation.</summary>
internal sealed class Activation : GrainTarget, IActivation, ITurnHost
{
    private readonly GrainClass _class;
    private readonly IdSpan _key;
    private readonly TurnQueue _queue;
    private readonly RequestGate _gate;
    private readonly StatelessWorkerPool? _pool;
    private readonly ActivationLife _life;
    private GrainTimers _timers;
    private StreamTable? _streams;
    private InconsistentStateException? _inconsistency;
    private long _lastUsed;
    private long _keepUntil;
    private int _inFlight;

    public Activation(GrainClass grainClass, IdSpan key, StatelessWorkerPool? pool)
    {
        _class = grainClass;
        _key = key;
        _pool = pool;
        _queue = new TurnQueue(this);
        _gate = new RequestGate(grainClass.Info.IsReentrant);
        _life = new ActivationLife(this, _gate);
        _lastUsed = grainClass.Silo.Clock.Now;
    }

    /// <inheritdoc/>
    public override bool IsGone => _life.State == ActivationState.Gone;

    /// <inheritdoc/>
    public GrainId GrainId => new(_class.GrainType, _key);

    /// <inheritdoc/>
    public GrainReference GrainReference => _class.CreateReference(_key);

    /// <inheritdoc/>
    public object? GrainInstance => _life.Instance;

    /// <inheritdoc/>
    public IServiceProvider ActivationServices => _life.Services;

    /// <inheritdoc/>
    public Task Deactivated => _life.Ended;

    /// <inheritdoc/>
    public IGrainFactory GrainFactory => Silo.Client;

    /// <inheritdoc/>
    public StreamTable Streams => _streams ??= new StreamTable(Silo.TimeProvider, Silo.Hostility is { } hostility ? hostility.AbortsStream : null);

    /// <inheritdoc/>
    public string SiloName => Silo.Name;

    /// <summary>Gets the class of the grain.</summary>
    public GrainClass Class => _class;

    /// <summary>Gets the key of the grain.</summary>
    public IdSpan Key => _key;

    /// <summary>Gets the pool, for stateless workers.</summary>
    public StatelessWorkerPool? Pool => _pool;

    /// <summary>Gets the queue of turns.</summary>
    public TurnQueue Queue => _queue;

    /// <summary>Gets the silo.</summary>
    public Silo Silo => _class.Silo;

    /// <summary>Gets the number of calls taken and not ended. Kept for stateless workers only.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        if (_pool is not null)
        {
            Interlocked.Increment(ref _inFlight);
        }

        var limit = _class.MaxWaitingCalls;
        if (!_queue.TryPost(request, limit))
        {
            OnCallEnded();
            Silo.Fail(request, Errors.Overloaded(this, limit));
        }
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations) => activations.Add(this);

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_queue.IsCurrent)
        {
            _life.Begin(deactivationReason, cancellationToken);
        }
        else
        {
            _queue.Post(new DeactivateItem(deactivationReason, cancellationToken));
        }
    }

    /// <summary>Ends this activation if nobody has used it for its class's time.</summary>
    public void CollectIfIdle()
    {
        if (IsCollectable)
        {
            _queue.Post(new CollectItem());
        }
    }

    /// <summary>Ends this activation if it is still idle; on a turn.</summary>
    public void CollectOnTurn()
    {
        if (IsCollectable)
        {
            _life.Begin(new(DeactivationReasonCode.ActivationIdle, "Nothing used the activation for its collection age."), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void DelayDeactivation(TimeSpan timeSpan) =>
        _keepUntil = timeSpan <= TimeSpan.Zero ? 0
            : timeSpan == TimeSpan.MaxValue ? long.MaxValue
            : Silo.Clock.Now + timeSpan.Ticks;

    /// <inheritdoc/>
    public IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (!_queue.IsCurrent)
        {
            throw new InvalidOperationException($"Timers of {GrainId} are to be registered within its own turns.");
        }

        var timer = new GrainTimer<TState>(this, callback, state, options);
        _timers.Add(timer);
        timer.Start();
        return timer;
    }

    /// <inheritdoc/>
    public void EnterReentrantSection(Guid reentrancyId) => _gate.EnterSection(reentrancyId);

    /// <inheritdoc/>
    public void ExitReentrantSection(Guid reentrancyId) => _gate.ExitSection(reentrancyId);

    /// <summary>Forgets a timer.</summary>
    /// <param name="timer">The timer.</param>
    public void OnTimerDisposed(GrainTimer timer) => _timers.Remove(timer);

    /// <summary>Ends all streams.</summary>
    /// <returns>A task.</returns>
    public Task EndStreamsAsync() => _streams?.EndAllAsync() ?? Task.CompletedTask;

    /// <summary>Ends all timers.</summary>
    public void DisposeTimers() => _timers.DisposeAll();

    /// <summary>Remembers that the memory of this grain is older than its store.</summary>
    /// <param name="error">The error; if it ends a call, the activation ends as well.</param>
    public void OnInconsistentState(InconsistentStateException error) => _inconsistency = error;

    /// <summary>Runs an item and all calls that may start after it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cleanContext">The execution context that every turn starts with.</param>
    public void RunTurns(WorkItem item, ExecutionContext cleanContext)
    {
        try
        {
            item.Execute(this);
        }
#pragma warning disable CA1031 // What escapes here came from async void methods and the like: the activation goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Silo.Log.TurnFailed(error, GrainId);
        }

        ResetContext(cleanContext);
        while (_life.State == ActivationState.Active && _gate.TakeStartable() is { } request)
        {
            Start(request);
            ResetContext(cleanContext);
        }
    }

    /// <inheritdoc/>
    public void Accept(GrainRequest request)
    {
        if (request.Phase == RequestPhase.Finishing)
        {
            Finish(request);
            return;
        }

        if (_life.State == ActivationState.Created)
        {
            // It waits like those behind it, so that a failure to activate is its answer too.
            _gate.Wait(request);
            _life.Activate(request.Context);
            return;
        }

        if (_life.State == ActivationState.Active && _gate.MayStart(request))
        {
            Start(request);
        }
        else if (_life.State == ActivationState.Gone || HasMoved)
        {
            SendOn(request);
        }
        else
        {
            _gate.Wait(request);
        }
    }

    /// <inheritdoc/>
    public void OnInvocationCompleted(GrainRequest request)
    {
        request.Phase = RequestPhase.Finishing;
        if (_queue.IsCurrent)
        {
            Finish(request);
        }
        else
        {
            _queue.Post(request);
        }
    }

    /// <summary>Sends all waiting calls to the grain's next activation, or fails them.</summary>
    /// <param name="error">The error to fail them with, or null.</param>
    public void ReleaseWaiting(Exception? error)
    {
        while (_gate.TakeAny() is { } request)
        {
            if (error is null)
            {
                SendOn(request);
            }
            else
            {
                LeaveQueue(request);
                Silo.Fail(request, error);
            }
        }
    }

    private bool IsCollectable =>
        _gate.Running == 0 && !_gate.HasWaiting && _life.State == ActivationState.Active
        && Silo.Clock.Now >= _keepUntil && Silo.Clock.Now - _lastUsed >= _class.CollectionAgeTicks;

    /// <summary>Whether the grain lives in another silo by now, so that no call should wait for the end of this activation.</summary>
    private bool HasMoved => _life.State == ActivationState.Deactivating && _pool is null && Silo.Cluster is { } cluster && !cluster.Owns(GrainId);

    private static void ResetContext(ExecutionContext cleanContext)
    {
        if (!ReferenceEquals(ExecutionContext.Capture(), cleanContext))
        {
            ExecutionContext.Restore(cleanContext);
        }
    }

    private void Start(GrainRequest request)
    {
        request.Executor = this;
        if (request.Cancellation is not null)
        {
            // Pairs with the canceller, which answers first and then looks for the executor: one of the two sees the other.
            Interlocked.MemoryBarrier();
        }

        if (request.IsAnswered)
        {
            LeaveQueue(request);
            request.Phase = RequestPhase.Done;
            return;
        }

        _queue.OnLeft(request);
        request.Phase = RequestPhase.Running;
        _gate.Enter(request);
        NoteUse(request);

        if (request.Context is { } context)
        {
            RequestContext.Restore(context);
        }

        var measured = Silo.Metrics.StartTurn();
        var isFinished = IsFiltered(request) ? request.Invoke(_life.Instance!, this, Silo.IncomingFilters) : request.Invoke(_life.Instance!);
        Silo.Metrics.EndTurn(measured);
        if (isFinished)
        {
            Finish(request);
        }
        else
        {
            request.WhenInvoked(this);
        }
    }

    /// <summary>At both ends of a call: an activation is idle from the end of the last one.</summary>
    private void NoteUse(GrainRequest request)
    {
        if (request.CountsAsUse)
        {
            _lastUsed = Silo.Clock.Now;
        }
    }

    private bool IsFiltered(GrainRequest request) =>
        !request.IsLocalOnly && (Silo.IncomingFilters.Length > 0 || _class.HasOwnFilter);

    private void Finish(GrainRequest request)
    {
        _gate.Exit(request);
        NoteUse(request);
        request.Phase = RequestPhase.Done;
        OnCallEnded();
        var error = request.InvocationError;
        Silo.Complete(request, error, GrainId);
        if (error is not null && ReferenceEquals(error, _inconsistency))
        {
            _life.Begin(new(DeactivationReasonCode.ApplicationError, error, "The stored state is newer than the one in memory."), CancellationToken.None);
        }
        else if (Silo.Hostility?.CollectsEarly() == true)
        {
            _life.Begin(new(DeactivationReasonCode.ActivationIdle, "Hostile mode: collected early."), CancellationToken.None);
        }

        if (_gate.Running == 0)
        {
            _life.OnNothingRuns();
        }
    }

    private void SendOn(GrainRequest request)
    {
        LeaveQueue(request);
        if (!request.IsLocalOnly)
        {
            Silo.Redirect(request);
        }
    }

    private void LeaveQueue(GrainRequest request)
    {
        _queue.OnLeft(request);
        OnCallEnded();
    }

    private void OnCallEnded()
    {
        if (_pool is not null)
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
