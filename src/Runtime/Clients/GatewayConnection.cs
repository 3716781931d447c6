using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Molino.Runtime.Clients;

/// <summary>Keeps a client connected to one gateway of those it knows; when that one goes, to the next. Calls made in between wait for the connection.</summary>
internal sealed class GatewayConnection : GrainTarget, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ClientRuntime _client;
    private readonly TransportOptions _transport;
    private readonly ClusterOptions _identity;
    private readonly Handshake _handshake;
    private readonly SocketDialler _dialler = new();
    private readonly ConcurrentQueue<Outbound> _early = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _known;
    private readonly ILogger<ClientRuntime> _logger;
    private volatile Link? _link;
    private Task _loop = Task.CompletedTask;
    private ITimer? _sweep;
    private int _next;

    public GatewayConnection(
        ClientRuntime client, IOptions<TransportOptions> transport, IOptions<ClusterOptions> identity, IOptions<StaticGatewayListProviderOptions> gateways, ILogger<ClientRuntime> logger)
    {
        _client = client;
        _transport = transport.Value;
        _identity = identity.Value;
        _logger = logger;
        _known = [.. gateways.Value.Gateways.Select(uri => $"{uri.Host}:{uri.Port}")];
        _handshake = new Handshake(client.Codecs, new SharedSecret(_transport.Secret));
        client.Gateway = this;
    }

    /// <summary>Gets the connection, or null.</summary>
    public Link? Link => _link;

    /// <inheritdoc/>
    public override bool IsGone => false;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_known.Count == 0)
        {
            throw new OptionsValidationException(
                nameof(StaticGatewayListProviderOptions), typeof(StaticGatewayListProviderOptions), ["The client knows no gateway: call UseStaticClustering with the addresses of silos."]);
        }

        _client.Start();
        _sweep = _client.TimeProvider.CreateTimer(_ => FailLate(), null, _transport.SendTimeout / 2, _transport.SendTimeout / 2);
        _loop = Task.Run(KeepConnectedAsync, CancellationToken.None);
        await _connected.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _link?.Close(new OperationCanceledException("the client stops"));
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.StopAsync();
    }

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        var message = new Outbound(FrameType.Request, request, 0, _client.TimeProvider.GetTimestamp());
        if (_link is { } link && link.TrySend(message))
        {
            return;
        }

        if (_early.Count >= _transport.MaxWaitingMessages)
        {
            throw new LimitExceededException($"{_early.Count} calls wait for a connection to a gateway. Try again later.");
        }

        _early.Enqueue(message);
        if (_link is { IsClosed: false } present)
        {
            SendEarly(present);
        }
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        _dialler.Dispose();
        _stop.Dispose();
    }

    private async Task KeepConnectedAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            string address;
            lock (_known)
            {
                address = _known[_next++ % _known.Count];
            }

            try
            {
                _logger.NotConnected(_client.Id, address, (await RunAsync(address)).Message);
            }
#pragma warning disable CA1031 // The next gateway is tried until the client stops.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _logger.NotConnected(_client.Id, address, error.Message);
            }

            await Task.Delay(Pause, _client.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Exception> RunAsync(string address)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(_transport.ConnectTimeout);
        await using var connection = await _dialler.DialAsync(address, timeout.Token);
        var pipe = await TlsPipe.DialAsync(connection, _transport, address[..address.LastIndexOf(':')], timeout.Token);
        var self = new Introduction(Introduction.CurrentVersion, _identity.ClusterId, IsClient: true, _client.Id, 0, string.Empty, Introduction.NewNonce());
        var (other, welcome) = await _handshake.DialAsync(pipe, self, timeout.Token);
        Learn(welcome);
        var link = new Link(pipe, other, _client, _transport, _client.Codecs, _client.TimeProvider);
        _link = link;
        _logger.Connected(_client.Id, other.ToString());
        SendEarly(link);
        _connected.TrySetResult();
        var reason = await link.RunAsync();
        _link = null;
        return reason;
    }

    /// <summary>The gateways that the silo names come behind those configured.</summary>
    private void Learn(byte[] welcome)
    {
        var reader = new WireReader(welcome, _client.Codecs);
        var gateways = reader.Value<string[]>();
        _client.Learn(reader.Value<(string, string)[]>());
        lock (_known)
        {
            _known.AddRange(gateways.Where(gateway => !_known.Contains(gateway)).ToList());
        }
    }

    private void SendEarly(Link link)
    {
        while (_early.TryDequeue(out var message))
        {
            if (!link.TrySend(message))
            {
                _early.Enqueue(message);
                return;
            }
        }
    }

    private void FailLate()
    {
        while (_early.TryPeek(out var first) && _client.TimeProvider.GetElapsedTime(first.Since) > _transport.SendTimeout && _early.TryDequeue(out var late))
        {
            _client.OnFailure((GrainRequest)late.Payload!, new SiloUnavailableException($"There was no connection to a gateway for {_transport.SendTimeout}; the call was not sent."));
        }
    }
}
