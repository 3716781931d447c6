using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Runtime.Activations;
using Molino.Runtime.Calls;
using Molino.Runtime.Clustering;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Copying;
using Molino.Runtime.Hostility;
using Molino.Runtime.Membership;
using Molino.Runtime.Observability;
using Molino.Runtime.Observers;
using Molino.Runtime.References;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Molino.Runtime;

/// <summary>The one silo of a process: sends calls to activations and answers to callers.</summary>
internal sealed class Silo : IGrainCallRuntime, IObserverHost, ICallHost, IReferenceHost
{
    private readonly CallDeadlines _deadlines;
    private readonly CopierProvider _copiers;
    private volatile SiloState _state;

    public Silo(
        IServiceProvider services,
        GrainManifestBuilder manifest,
        CopierProvider copiers,
        CodecProvider codecs,
        TimeProvider timeProvider,
        SiloSettings settings,
        ILocalSilo local,
        RuntimeLog log,
        RuntimeMetrics metrics)
    {
        Services = services;
        TimeProvider = timeProvider;
        Name = settings.Silo.SiloName;
        Messaging = settings.Messaging;
        Collection = settings.Collection;
        Log = log;
        Local = local;
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        OutgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        Metrics = metrics;
        _copiers = copiers;
        Codecs = codecs;
        codecs.Runtime = this;
        Clock = new CoarseClock(timeProvider);
        Hostility = settings.Hostile.Enabled ? new HostileDirector(settings.Hostile, timeProvider) : null;
        Observers = new ObserverTable(this);
        Catalog = new GrainCatalog(manifest, this);
        Client = new ClusterClient(this);
        _deadlines = new CallDeadlines(this, Calls);
        metrics.Observe(Catalog, Calls);
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

    /// <summary>Gets the codecs of what crosses to other silos.</summary>
    public CodecProvider Codecs { get; }

    /// <summary>Gets the objects of this process that others call back.</summary>
    public ObserverTable Observers { get; }

    /// <inheritdoc/>
    public string ObserverHostName => Name;

    /// <inheritdoc/>
    public TimeSpan ResponseTimeout => Messaging.ResponseTimeout;

    /// <summary>Gets the log.</summary>
    public RuntimeLog Log { get; }

    /// <summary>Gets the metrics.</summary>
    public RuntimeMetrics Metrics { get; }

    /// <summary>Gets the source of hostility, or null in peace.</summary>
    public HostileDirector? Hostility { get; }

    /// <summary>Gets the calls without an answer.</summary>
    public CallTracker Calls { get; } = new();

    /// <summary>Gets where in its life the silo is.</summary>
    public SiloState State => _state;

    /// <summary>Gets the filters that calls go through before they run.</summary>
    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    /// <inheritdoc/>
    public IOutgoingGrainCallFilter[] OutgoingFilters { get; }

    /// <summary>Gets or sets the cluster, or null for the only silo.</summary>
    public Cluster? Cluster { get; set; }

    /// <summary>Gets this silo as a member.</summary>
    public ILocalSilo Local { get; }

    /// <summary>Gets a value indicating whether calls from other processes are under way.</summary>
    public bool HasCallsOfOthers => Calls.Any(static request => request.Sink is not null);

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

            if (Hostility?.Misplace(request, this) != true)
            {
                Dispatch(request, mayUseCache: true);
            }
        }
#pragma warning disable CA1031 // Errors are the call's answer: a proxy never throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(request, error);
        }
    }

    /// <summary>Takes a call from another process.</summary>
    /// <param name="request">The call.</param>
    /// <param name="timeLeft">The time until its caller gives up.</param>
    public void Take(GrainRequest request, TimeSpan timeLeft)
    {
        if (_state is SiloState.Created or SiloState.Stopped)
        {
            request.TryFail(Errors.Stopping(this));
            return;
        }

        if (request.IsOneWay)
        {
            Metrics.CountOneWayCall();
        }
        else
        {
            _deadlines.Follow(request, timeLeft);
        }

        Redirect(request);
    }

    /// <summary>Looks anew where a call goes, and sends it there. Errors are its answer.</summary>
    /// <param name="request">The call.</param>
    public void Redirect(GrainRequest request)
    {
        try
        {
            Dispatch(request, mayUseCache: false);
        }
#pragma warning disable CA1031 // Errors are the call's answer.
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
            target = ((GrainRoute)reference.Origin.GrainClass).Find(reference);
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
    /// <param name="grainId">The grain or observer that ran it.</param>
    public void Complete(GrainRequest request, Exception? error, GrainId grainId)
    {
        request.Cancellation?.Dispose();
        var copiesResult = error is null
            && (request.Method.Options.HasFlag(GrainCallOptions.CopiesResult) || Hostility is { CopiesEverything: true });
        if (request.TryAnswer(copiesResult ? NewCopy() : null))
        {
            Calls.Remove(request);
        }

        if (error is not null)
        {
            Metrics.CountFailure();
            if (request.IsOneWay)
            {
                Log.OneWayCallFailed(error, request.Method, grainId);
            }
        }

        request.OnEnded();
    }

    /// <inheritdoc/>
    public void CompleteObserverCall(GrainRequest request) => Complete(request, request.InvocationError, request.Target!.GrainId);

    /// <summary>Answers a call that has run in another process.</summary>
    /// <param name="request">The call, which holds its outcome.</param>
    public void CompleteRemote(GrainRequest request)
    {
        request.Cancellation?.Dispose();
        if (request.InvocationError is not null)
        {
            Metrics.CountFailure();
        }

        if (request.TryAnswer(null))
        {
            Calls.Remove(request);
        }
    }

    /// <summary>Returns how long the caller of a call still waits.</summary>
    /// <param name="request">The call.</param>
    /// <returns>The time.</returns>
    public TimeSpan TimeLeft(GrainRequest request) =>
        request.Deadline == 0 ? Messaging.ResponseTimeout : TimeSpan.FromTicks(Math.Max(0, request.Deadline - Clock.Now));

    /// <summary>Answers a call with an error of the runtime.</summary>
    /// <param name="request">The call.</param>
    /// <param name="error">The error.</param>
    public void Fail(GrainRequest request, Exception error)
    {
        request.Cancellation?.Dispose();
        Metrics.CountFailure();
        if (request.TryFail(error))
        {
            Calls.Remove(request);
        }
        else if (request.IsOneWay)
        {
            Log.OneWayCallFailed(error, request.Method, request.Target?.GrainId ?? default);
        }
    }

    /// <inheritdoc/>
    public void OnTimedOut(GrainRequest request, TimeSpan timeout)
    {
        Metrics.CountTimeout();
        Log.CallTimedOut(request.Method, request.Target!.GrainId, timeout);
    }

    /// <inheritdoc/>
    public InterfaceBinding Bind(Type interfaceType, string? classNamePrefix) => Catalog.Bind(interfaceType, classNamePrefix);

    /// <inheritdoc/>
    public ObserverId ObserverIdOf(string id) => new(IsInClient: false, Name, id);

    /// <inheritdoc/>
    public object CreateReference(Type interfaceType, GrainId grainId) => Catalog.Bind(interfaceType, grainId.Type).Create(grainId.Key);

    /// <inheritdoc/>
    public object CreateReference(Type declaredType, string? interfaceName, GrainId grainId) =>
        CreateReference(Catalog.InterfaceOf(interfaceName) ?? declaredType, grainId);

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
            await ActivationsEnd.InOrderAsync(Catalog, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.StopCutShort(Name, Catalog.AllActivations().Count);
        }

        _state = SiloState.Stopped;
        await _deadlines.StopSweepingAsync();
        foreach (var request in Calls.Expired(long.MaxValue))
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
            silo.Calls.Remove(request);
        }

        CancelItem.Cancel(request);
    }

    private CopyContext NewCopy() => new(_copiers, Hostility is { CopiesEverything: true });
}
