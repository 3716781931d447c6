using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Runtime.Calls;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Copying;
using Molino.Runtime.Observers;
using Molino.Runtime.References;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Molino.Runtime.Clients;

/// <summary>A process that calls grains and has none: sends all calls to one silo, its gateway, and runs the calls to its own observers.</summary>
internal sealed class ClientRuntime : IGrainCallRuntime, ILinkOwner, IObserverHost, ICallCatalog, ICallHost, IReferenceHost
{
    private readonly CallTracker _tracker = new();
    private readonly CallDeadlines _deadlines;
    private readonly CallFrames _frames;
    private readonly GrainManifestBuilder _manifest;
    private readonly CopierProvider _copiers;
    private readonly ClientMessagingOptions _messaging;
    private readonly ILogger<ClientRuntime> _logger;
    private readonly Dictionary<ulong, Func<GrainRequest>> _calls;
    private readonly Dictionary<string, Type> _interfaces;
    private readonly ConcurrentDictionary<(Type, GrainType), InterfaceBinding> _bindings = new();
    private readonly ClientRoute _grains;
    private volatile Dictionary<string, string> _grainTypes = [];

    public ClientRuntime(
        IServiceProvider services, GrainManifestBuilder manifest, CodecProvider codecs, CopierProvider copiers, TimeProvider timeProvider,
        IOptions<ClientMessagingOptions> messaging, ILogger<ClientRuntime> logger)
    {
        Services = services;
        OutgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        Codecs = codecs;
        TimeProvider = timeProvider;
        Clock = new CoarseClock(timeProvider);
        Observers = new ObserverTable(this);
        Client = new ClusterClient(this);
        _manifest = manifest;
        _copiers = copiers;
        _messaging = messaging.Value;
        _logger = logger;
        _calls = manifest.Calls.ToDictionary(call => GrainMethod.WireIdOf(call.Key), call => call.Value);
        _interfaces = manifest.Interfaces.Keys.ToDictionary(type => type.FullName!);
        _deadlines = new CallDeadlines(this, _tracker);
        _frames = new CallFrames(this, codecs);
        _grains = new ClientRoute(this);
        codecs.Runtime = this;
    }

    /// <summary>Gets the id of this client, new with each process.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public IOutgoingGrainCallFilter[] OutgoingFilters { get; }

    /// <summary>Gets the factory of references.</summary>
    public ClusterClient Client { get; }

    /// <summary>Gets the codecs.</summary>
    public CodecProvider Codecs { get; }

    /// <summary>Gets or sets the way to the gateway.</summary>
    public GatewayConnection? Gateway { get; set; }

    /// <inheritdoc/>
    public IServiceProvider Services { get; }

    /// <inheritdoc/>
    public ObserverTable Observers { get; }

    /// <inheritdoc/>
    public CoarseClock Clock { get; }

    /// <inheritdoc/>
    public TimeProvider TimeProvider { get; }

    /// <inheritdoc/>
    public string Name => $"client {Id}";

    /// <inheritdoc/>
    public string ObserverHostName => Name;

    /// <inheritdoc/>
    public TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    /// <summary>Takes what a gateway says about grain types.</summary>
    /// <param name="implementations">Full names of interfaces, and grain types.</param>
    public void Learn(IEnumerable<(string Interface, string GrainType)> implementations) =>
        _grainTypes = implementations.ToDictionary(pair => pair.Interface, pair => pair.GrainType);

    /// <summary>Starts to time calls out.</summary>
    public void Start() => _deadlines.StartSweeping();

    /// <summary>Fails all calls.</summary>
    /// <returns>A task.</returns>
    public async Task StopAsync()
    {
        await _deadlines.StopSweepingAsync();
        foreach (var request in _tracker.Expired(long.MaxValue))
        {
            OnFailure(request, new SiloUnavailableException("The client stops."));
        }
    }

    /// <inheritdoc/>
    public void Send(GrainReference target, GrainRequest request, CancellationToken cancellationToken)
    {
        request.Target = target;
        request.Context = RequestContext.Snapshot;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Method.Options.HasFlag(GrainCallOptions.CopiesArguments))
            {
                request.CopyArguments(new CopyContext(_copiers, copiesImmutable: false));
            }

            if (!request.IsOneWay)
            {
                _deadlines.Start(request);
                if (cancellationToken.CanBeCanceled)
                {
                    request.Cancellation = new CallCancellation();
                    request.Cancellation.Watch(OnCallerCancelled, request, cancellationToken);
                }
            }

            Dispatch(request);
        }
#pragma warning disable CA1031 // Errors are the call's answer: a proxy never throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailure(request, error);
        }
    }

    /// <inheritdoc/>
    public object CreateReference(Type interfaceType, GrainId grainId) => Bind(interfaceType, grainId.Type).Create(grainId.Key);

    /// <inheritdoc/>
    public object CreateReference(Type declaredType, string? interfaceName, GrainId grainId) =>
        CreateReference(interfaceName is not null && _interfaces.TryGetValue(interfaceName, out var type) ? type : declaredType, grainId);

    /// <inheritdoc/>
    public InterfaceBinding Bind(Type interfaceType, string? classNamePrefix) =>
        classNamePrefix is null && _grainTypes.TryGetValue(interfaceType.FullName!, out var grainType)
            ? Bind(interfaceType, GrainType.Create(grainType))
            : throw new ArgumentException(
                _grainTypes.Count == 0
                    ? $"This client has not been connected to a gateway yet, which says what implements {interfaceType}. Start its host first."
                    : $"The cluster has no grain class, or several, for {interfaceType}: use GetGrain<T>(GrainId).",
                nameof(interfaceType));

    /// <inheritdoc/>
    public ObserverId ObserverIdOf(string id) => new(IsInClient: true, Id, id);

    /// <inheritdoc/>
    public GrainRequest? CreateCall(ulong wireId) => _calls.TryGetValue(wireId, out var factory) ? factory() : null;

    /// <inheritdoc/>
    public GrainReference ReferenceTo(GrainId grainId, GrainRequest request) =>
        new(new GrainReferenceOrigin(this, grainId.Type, typeof(IGrainObserver), _grains), grainId.Key);

    /// <inheritdoc/>
    public void CompleteObserverCall(GrainRequest request)
    {
        if (request.IsOneWay && request.InvocationError is { } error)
        {
            _logger.ObserverFailed(error, request.Method);
        }

        request.TryAnswer(null);
        _tracker.Remove(request);
    }

    /// <inheritdoc/>
    public void OnTimedOut(GrainRequest request, TimeSpan timeout) => _logger.CallTimedOut(request.Method, request.Target!.GrainId, timeout);

    /// <inheritdoc/>
    public void OnFrame(Link link, FrameType type, ReadOnlySpan<byte> body)
    {
        if (type == FrameType.Request)
        {
            Take(link, _frames.Read(body));
        }
        else if (type == FrameType.Cancel)
        {
            CancelItem.CancelForCaller(link.TakeCancellable(new WireReader(body, Codecs).Varint()), _tracker);
        }
        else if (type == FrameType.Leave)
        {
            Gateway?.OnLeave(link);
        }
        else if (type == FrameType.Gateways)
        {
            Gateway?.Learn(new WireReader(body, Codecs).Value<string[]>());
        }
    }

    /// <inheritdoc/>
    public void OnOutcome(GrainRequest request)
    {
        request.Cancellation?.Dispose();
        if (request.TryAnswer(null))
        {
            _tracker.Remove(request);
        }
    }

    /// <inheritdoc/>
    public void OnFailure(GrainRequest request, Exception error)
    {
        request.Cancellation?.Dispose();
        if (request.TryFail(error))
        {
            _tracker.Remove(request);
        }
        else if (request.IsOneWay)
        {
            _logger.NotSent(error, request.Method);
        }
    }

    /// <inheritdoc/>
    public void WriteRequest(WireWriter writer, GrainRequest request, ulong id) =>
        CallFrames.Write(writer, request, id, viewVersion: 0, request.Deadline == 0 ? ResponseTimeout : TimeSpan.FromTicks(Math.Max(0, request.Deadline - Clock.Now)));

    /// <inheritdoc/>
    public void OnClosed(Link link, IReadOnlyList<Outbound> unsent)
    {
        foreach (var request in unsent.Where(message => message.Type == FrameType.Request).Select(message => (GrainRequest)message.Payload!))
        {
            try
            {
                Gateway!.Receive(request); // never sent: the next gateway gets it
            }
            catch (LimitExceededException error)
            {
                OnFailure(request, error);
            }
        }
    }

    private static void OnCallerCancelled(object? state, CancellationToken cancellationToken)
    {
        var request = (GrainRequest)state!;
        if (request.TryFail(new OperationCanceledException(cancellationToken)))
        {
            ((ClientRuntime)request.Target!.Origin.Runtime)._tracker.Remove(request);
        }

        CancelItem.Cancel(request);
    }

    private static void Dispatch(GrainRequest request) => ((ClientRoute)request.Target!.Origin.GrainClass).Find(request.Target)!.Receive(request);

    private InterfaceBinding Bind(Type interfaceType, GrainType grainType) => _bindings.GetOrAdd(
        (interfaceType, grainType),
        key => _manifest.Interfaces.TryGetValue(key.Item1, out var factory)
            ? new InterfaceBinding(new GrainReferenceOrigin(this, key.Item2, key.Item1, _grains), factory)
            : throw new ArgumentException($"{key.Item1} has no generated reference: it is no grain interface, or its project lacks <GenerateGrainCode>true</GenerateGrainCode>.", nameof(interfaceType)));

    private void Take(Link link, in ReceivedCall call)
    {
        if (call.Id != 0)
        {
            var sink = new InboundCall(link, call.Id);
            if (call.Request is null)
            {
                sink.TryFail(call.Error!);
                return;
            }

            call.Request.Sink = sink;
            if (call.Request.Cancellation is not null)
            {
                link.RememberCancellable(call.Id, call.Request);
            }

            _deadlines.Follow(call.Request, call.TimeLeft);
        }

        if (call.Request is not { } request)
        {
            return;
        }

        try
        {
            Observers.Find(ObserverId.Parse(request.Target!.Key).Id).Receive(request);
        }
#pragma warning disable CA1031 // Errors are the call's answer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailure(request, error);
        }
    }
}
