using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Runtime.Activations;
using Molino.Runtime.Calls;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Copying;
using Molino.Runtime.Hostility;
using Molino.Runtime.Observability;
using Molino.Runtime.References;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Molino.Runtime;

/// <summary>The one silo of a process: sends calls to activations and answers to callers.</summary>
internal sealed class Silo : IGrainCallRuntime
{
    private readonly CallTracker _tracker = new();
    private readonly CallDeadlines _deadlines;
    private readonly CopierProvider _copiers;
    private volatile SiloState _state;

    public Silo(
        IServiceProvider services,
        GrainManifestBuilder manifest,
        CopierProvider copiers,
        TimeProvider timeProvider,
        SiloSettings settings,
        RuntimeLog log,
        RuntimeMetrics metrics)
    {
        Services = services;
        TimeProvider = timeProvider;
        Name = settings.Silo.SiloName;
        Messaging = settings.Messaging;
        Collection = settings.Collection;
        Log = log;
        Metrics = metrics;
        _copiers = copiers;
        Clock = new CoarseClock(timeProvider);
        Hostility = settings.Hostile.Enabled ? new HostileDirector(settings.Hostile, timeProvider) : null;
        Catalog = new GrainCatalog(manifest, this);
        Client = new ClusterClient(this);
        _deadlines = new CallDeadlines(this, _tracker);
        metrics.Observe(Catalog, _tracker);
    }

    /// <summary>Gets the services of the host.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Gets the source of time.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the settings of calls.</summary>
    public SiloMessagingOptions Messaging { get; }

    /// <summary>Gets the settings of activations.</summary>
    public GrainCollectionOptions Collection { get; }

    /// <summary>Gets the cheap clock.</summary>
    public CoarseClock Clock { get; }

    /// <summary>Gets the grain classes.</summary>
    public GrainCatalog Catalog { get; }

    /// <summary>Gets the factory of references.</summary>
    public ClusterClient Client { get; }

    /// <summary>Gets the log.</summary>
    public RuntimeLog Log { get; }

    /// <summary>Gets the metrics.</summary>
    public RuntimeMetrics Metrics { get; }

    /// <summary>Gets the source of hostility, or null in peace.</summary>
    public HostileDirector? Hostility { get; }

    /// <summary>Gets where in its life the silo is.</summary>
    public SiloState State => _state;

    /// <summary>Gets a value indicating whether calls may make new activations.</summary>
    public bool MakesActivations => _state == SiloState.Running;

    /// <inheritdoc/>
    public void Send(GrainReference target, GrainRequest request, CancellationToken cancellationToken)
    {
        request.Target = target;
        request.Context = RequestContext.Snapshot;
        try
        {
            if (_state is SiloState.Created or SiloState.Stopped)
            {
                request.TryFail(Errors.Stopping(this));
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (request.Method.Options.HasFlag(GrainCallOptions.CopiesArguments) || Hostility is { CopiesEverything: true })
            {
                request.CopyArguments(NewCopy());
            }

            if (request.IsOneWay)
            {
                Metrics.CountOneWayCall();
                if (Hostility is not null)
                {
                    Hostility.Deliver(request, this);
                    return;
                }
            }
            else
            {
                _deadlines.Start(request);
                if (cancellationToken.CanBeCanceled)
                {
                    request.Cancellation = new CallCancellation();
                    request.Cancellation.Watch(OnCallerCancelled, request, cancellationToken);
                }
            }

            Dispatch(request, mayUseCache: true);
        }
#pragma warning disable CA1031 // Errors are the call's answer: a proxy never throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(request, error);
        }
    }

    /// <summary>Hands a call to the activation of its grain.</summary>
    /// <param name="request">The call.</param>
    /// <param name="mayUseCache">False to look the grain up even if the reference remembers an activation.</param>
    public void Dispatch(GrainRequest request, bool mayUseCache)
    {
        var reference = request.Target!;
        var target = mayUseCache ? reference.CachedTarget as GrainTarget : null;
        if (target is null || target.IsGone)
        {
            target = ((GrainClass)reference.Origin.GrainClass).FindOrCreate(reference.Key);
            if (target is null)
            {
                Fail(request, Errors.Stopping(this));
                return;
            }

            reference.CachedTarget = target;
        }

        if (Hostility is not null)
        {
            target = Hostility.MaybeDuplicate(target);
        }

        target.Receive(request);
    }

    /// <summary>Answers a call that has run.</summary>
    /// <param name="request">The call.</param>
    /// <param name="error">Its error, or null.</param>
    /// <param name="activation">The activation that ran it.</param>
    public void Complete(GrainRequest request, Exception? error, Activation activation)
    {
        request.Cancellation?.Dispose();
        var copiesResult = error is null
            && (request.Method.Options.HasFlag(GrainCallOptions.CopiesResult) || Hostility is { CopiesEverything: true });
        if (request.TryAnswer(copiesResult ? NewCopy() : null))
        {
            _tracker.Remove(request);
        }

        if (error is not null)
        {
            Metrics.CountFailure();
            if (request.IsOneWay)
            {
                Log.OneWayCallFailed(error, request.Method, activation.GrainId);
            }
        }

        request.OnEnded();
    }

    /// <summary>Answers a call with an error of the runtime.</summary>
    /// <param name="request">The call.</param>
    /// <param name="error">The error.</param>
    public void Fail(GrainRequest request, Exception error)
    {
        request.Cancellation?.Dispose();
        Metrics.CountFailure();
        if (request.TryFail(error))
        {
            _tracker.Remove(request);
        }
        else if (request.IsOneWay)
        {
            Log.OneWayCallFailed(error, request.Method, request.Target?.GrainId ?? default);
        }
    }

    /// <inheritdoc/>
    public object CreateReference(Type interfaceType, GrainId grainId) => Catalog.Bind(interfaceType, grainId.Type).Create(grainId.Key);

    /// <summary>Starts to take calls.</summary>
    public void Start()
    {
        _deadlines.StartSweeping();
        _state = SiloState.Running;
        Log.Started(Name);
        if (Hostility is not null)
        {
            Log.Hostile(Name, Hostility.Seed);
        }
    }

    /// <summary>Ends all activations in order, then takes no more calls.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _state = SiloState.Stopping;
        try
        {
            await EndActivationsAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.StopCutShort(Name, Catalog.AllActivations().Count);
        }

        _state = SiloState.Stopped;
        await _deadlines.StopSweepingAsync();
        foreach (var request in _tracker.Expired(long.MaxValue))
        {
            Fail(request, Errors.Stopping(this));
        }

        Log.Stopped(Name);
    }

    private static void OnCallerCancelled(object? state, CancellationToken cancellationToken)
    {
        var request = (GrainRequest)state!;
        var silo = (Silo)request.Target!.Origin.Runtime;
        if (request.TryFail(new OperationCanceledException(cancellationToken)))
        {
            silo._tracker.Remove(request);
        }

        Interlocked.MemoryBarrier();
        (request.Executor as Activation)?.Queue.Post(new CancelItem(request));
    }

    private CopyContext NewCopy() => new(_copiers, Hostility is { CopiesEverything: true });

    private async Task EndActivationsAsync(CancellationToken cancellationToken)
    {
        // A call that was under way when the state changed may still have made an activation: look again until none is left.
        while (Catalog.AllActivations() is { Count: > 0 } activations)
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
            foreach (var activation in activations)
            {
                activation.Deactivate(reason, cancellationToken);
            }

            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
        }
    }
}
