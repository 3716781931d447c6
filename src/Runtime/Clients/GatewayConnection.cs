using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
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

/// <summary>
/// Keeps a client connected to one gateway of those it knows; when that one goes, to the next. Calls made in between wait for the connection. A gateway that is about to stop
/// says so: further calls go to the next, while those under way are still answered.
/// </summary>
internal sealed class GatewayConnection : GrainTarget, IHostedService, IGatewayStatus, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);

    private readonly ClientRuntime _client;
    private readonly TransportOptions _transport;
    private readonly ClusterOptions _identity;
    private readonly Handshake _handshake;
    private readonly SocketDialler _dialler = new();
    private readonly LinkSlot _slot;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _configured;
    private readonly ConcurrentDictionary<Link, Task<Exception>> _links = new();
    private readonly ILogger<ClientRuntime> _logger;
    private volatile string[] _known;
    private Task _loop = Task.CompletedTask;
    private ITimer? _sweep;
    private volatile Exception? _lastFailure;
    private int _next;

    public GatewayConnection(
        ClientRuntime client, IOptions<TransportOptions> transport, IOptions<ClusterOptions> identity, IOptions<StaticGatewayListProviderOptions> gateways, ILogger<ClientRuntime> logger)
    {
        _client = client;
        _transport = transport.Value;
        _slot = new LinkSlot(_transport, client.TimeProvider);
        _identity = identity.Value;
        _logger = logger;
        _configured = [.. gateways.Value.Gateways.Select(uri => $"{uri.Host}:{uri.Port}")];
        RandomNumberGenerator.Shuffle(_configured.AsSpan()); // clients that know the same gateways spread over them
        _known = _configured;
        _handshake = new Handshake(client.Codecs, new SharedSecret(_transport.Secret));
        client.Gateway = this;
    }

    /// <summary>Gets the connection, or null.</summary>
    public Link? Link => _slot.Link;

    /// <inheritdoc/>
    public Exception? LastFailure => _lastFailure;

    /// <inheritdoc/>
    public override bool IsGone => false;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_known.Length == 0)
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
        foreach (var link in _links.Keys)
        {
            link.Close(new OperationCanceledException("the client stops"));
        }

        await Task.WhenAll([_loop, .. _links.Values]).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.StopAsync();
    }

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        if (!_slot.TrySend(new Outbound(FrameType.Request, request, 0, _client.TimeProvider.GetTimestamp())))
        {
            throw new LimitExceededException($"{_transport.MaxWaitingMessages} calls wait for a connection to a gateway. Try again later.");
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

    /// <summary>The gateway says which gateways there are: they come behind those configured, in the place of those it named before.</summary>
    /// <param name="gateways">All of them.</param>
    public void Learn(string[] gateways) => _known = [.. _configured, .. gateways.Except(_configured)];

    /// <summary>The gateway is about to stop: further calls go to the next one.</summary>
    /// <param name="link">The connection to it.</param>
    public void OnLeave(Link link)
    {
        _slot.Detach(link);
        ((TaskCompletionSource)link.Tag!).TrySetResult();
        _ = CloseWhenAnsweredAsync(link);
    }

    private static bool IsForGood(Exception error) =>
        error is HandshakeException { Refusal: HandshakeRefusal.WrongVersion or HandshakeRefusal.WrongCluster or HandshakeRefusal.WrongSecret };

    private async Task KeepConnectedAsync()
    {
        for (var refused = 0; !_stop.IsCancellationRequested;)
        {
            var known = _known;
            var address = known[_next++ % known.Length];
            try
            {
                _lastFailure = await RunAsync(address);
            }
#pragma warning disable CA1031 // The next gateway is tried until the client stops.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _lastFailure = error;
            }

            _logger.NotConnected(_client.Id, address, _lastFailure.Message);
            refused = IsForGood(_lastFailure) ? refused + 1 : 0;
            if (refused >= _configured.Length && _connected.TrySetException(_lastFailure))
            {
                return; // none of them will ever take this client: its host does not start
            }

            await Task.Delay(Pause, _client.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Exception> RunAsync(string address)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(_transport.ConnectTimeout);
        var connection = await _dialler.DialAsync(address, timeout.Token);
        Link link;
        try
        {
            var pipe = await TlsPipe.DialAsync(connection, _transport, address[..address.LastIndexOf(':')], timeout.Token);
            var self = new Introduction(Introduction.CurrentVersion, _identity.ClusterId, IsClient: true, _client.Id, 0, string.Empty, Introduction.NewNonce());
            var (other, welcome) = await _handshake.DialAsync(pipe, self, timeout.Token);
            Learn(welcome);
            link = new Link(pipe, other, _client, _transport, _client.Codecs, _client.TimeProvider);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        var leaving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Tag = leaving;
        _slot.Attach(link);
        var running = _links[link] = RunToEndAsync(connection, link);
        _logger.Connected(_client.Id, link.Other.ToString());
        _connected.TrySetResult();
        return await Task.WhenAny(running, leaving.Task) == running ? await running : new SiloUnavailableException($"{link.Other} stops and wants its clients to go to another gateway");
    }

    private async Task<Exception> RunToEndAsync(ConnectionContext connection, Link link)
    {
        await using (connection)
        {
            try
            {
                return await link.RunAsync();
            }
            finally
            {
                _slot.Detach(link);
                _links.TryRemove(link, out _);
            }
        }
    }

    /// <summary>Twice without a call, as one may just have been on its way to the connection.</summary>
    private async Task CloseWhenAnsweredAsync(Link link)
    {
        for (var quiet = 0; quiet < 2 && !link.IsClosed; quiet = link.HasCalls ? 0 : quiet + 1)
        {
            await Task.Delay(LookPeriod, _client.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        link.Close(new OperationCanceledException("the gateway stops, and has answered all calls"));
    }

    private void Learn(byte[] welcome)
    {
        var reader = new WireReader(welcome, _client.Codecs);
        Learn(reader.Value<string[]>());
        _client.Learn(reader.Value<(string, string)[]>());
    }

    private void FailLate()
    {
        foreach (var request in _slot.TakeLate())
        {
            _client.OnFailure(request, new CallNotSentException($"There was no connection to a gateway for {_transport.SendTimeout}; the call was not sent. {_lastFailure?.Message}"));
        }
    }
}
