using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Molino.Runtime.Gateways;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Clustering;

/// <summary>
/// Keeps one connection to each other silo: of two silos the one whose name comes first dials. Takes the connections of the others
/// and of clients.
/// </summary>
internal sealed class PeerConnector : ConnectionHandler, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Cluster _cluster;
    private readonly Gateway _gateway;
    private readonly Handshake _handshake;
    private readonly SocketDialler _dialler = new();
    private readonly LinkListener _siloListener;
    private readonly LinkListener _gatewayListener;
    private readonly ConcurrentDictionary<(SiloKey Self, SiloKey Peer), Task> _dialling = new();
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _sweep;
    private int _isDisposed;

    public PeerConnector(Cluster cluster, Gateway gateway, ILoggerFactory loggers)
    {
        _cluster = cluster;
        _gateway = gateway;
        _handshake = new Handshake(cluster.Silo.Codecs, new SharedSecret(cluster.Transport.Secret));
        _siloListener = new LinkListener(this, loggers);
        _gatewayListener = new LinkListener(this, loggers);
        cluster.Connector = this;
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The addresses for silos and for clients.</returns>
    public async Task<(string Silo, string Gateway)> ListenAsync(CancellationToken cancellationToken)
    {
        var endpoints = _cluster.Settings.Endpoints;
        var silo = await _siloListener.StartAsync(endpoints.SiloListeningEndpoint ?? new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.SiloPort), "Cluster:SiloPort", cancellationToken);
        var gateway = endpoints.GatewayListeningEndpoint is null && endpoints.GatewayPort == 0
            ? silo
            : await _gatewayListener.StartAsync(endpoints.GatewayListeningEndpoint ?? new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.GatewayPort), "Cluster:GatewayPort", cancellationToken);
        _sweep = _cluster.Time.CreateTimer(_ => FailLate(), null, SweepPeriod, SweepPeriod);
        return (Address(endpoints.SiloPort, silo.Port), Address(endpoints.GatewayPort == 0 ? endpoints.SiloPort : endpoints.GatewayPort, gateway.Port));

        string Address(int advertised, int bound) =>
            string.Create(CultureInfo.InvariantCulture, $"{endpoints.AdvertisedIPAddress}:{(advertised > 0 ? advertised : bound)}");
    }

    /// <summary>Asks a member, before this silo joins, whether they could talk.</summary>
    /// <param name="member">The member.</param>
    /// <param name="longest">How long to wait for it.</param>
    /// <returns>Why they never could; null when they could, or when the member does not answer.</returns>
    public async Task<HandshakeException?> AskAsync(ClusterMember member, TimeSpan longest)
    {
        using var timeout = new CancellationTokenSource(longest, _cluster.Time);
        try
        {
            await using var connection = await _dialler.DialAsync(member.Address, timeout.Token);
            var pipe = await TlsPipe.DialAsync(connection, _cluster.Transport, HostOf(member), timeout.Token);
            await _handshake.DialAsync(pipe, Introduce(string.Empty), timeout.Token);
            return null;
        }
        catch (HandshakeException refusal)
        {
            return refusal.Refusal is HandshakeRefusal.WrongVersion or HandshakeRefusal.WrongCluster or HandshakeRefusal.WrongSecret ? refusal : null;
        }
#pragma warning disable CA1031 // A member that cannot be reached may be dead: the cluster will tell.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _cluster.Log.NotConnected(member.Key, member.Address, error.Message);
            return null;
        }
    }

    /// <summary>Dials what is to be dialled.</summary>
    /// <param name="view">The new view.</param>
    public void OnView(ClusterView view)
    {
        var self = _cluster.Membership.Key;
        if (view.Document.Find(self) is not null)
        {
            foreach (var peer in _cluster.Peers.Where(peer => string.CompareOrdinal(self.Name, peer.Key.Name) < 0))
            {
                _ = _dialling.GetOrAdd((self, peer.Key), _ => Task.Run(() => KeepConnectedAsync(peer, self)));
            }
        }

        foreach (var pair in _dialling.Keys.Where(pair => pair.Self != self || view.Document.Find(pair.Peer) is null))
        {
            _dialling.TryRemove(pair, out _);
        }
    }

    /// <summary>Ends all connections.</summary>
    /// <param name="reason">Why.</param>
    public void CloseAll(Exception reason)
    {
        _dialling.Clear();
        foreach (var link in _links.Keys)
        {
            link.Close(reason);
        }
    }

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        try
        {
            using var timeout = Timeout();
            var pipe = await TlsPipe.AcceptAsync(connection, _cluster.Transport, timeout.Token);
            var self = Introduce(string.Empty);
            var other = await _handshake.AcceptAsync(pipe, self, Admit, _gateway.Welcome, timeout.Token);
            if (other.IsClient)
            {
                await RunAsync(pipe, other, _gateway.Attach, _gateway.Detach);
            }
            else if (_cluster.Find(new SiloKey(other.Name, other.Incarnation)) is { } peer)
            {
                await RunAsync(pipe, other, link => Attach(peer, link), static _ => { });
            }
        }
        catch (HandshakeException refusal)
        {
            LogRefusal(refusal, connection.RemoteEndPoint?.ToString() ?? "?");
        }
#pragma warning disable CA1031 // A connection that does not open is the dialling side's to try again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _cluster.Log.ConnectionNotTaken(error, connection.RemoteEndPoint?.ToString() ?? "?");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        await _siloListener.DisposeAsync();
        await _gatewayListener.DisposeAsync();
        var dialling = _dialling.Values.ToArray();
        CloseAll(new OperationCanceledException("the silo has stopped"));
        await Task.WhenAll(dialling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _dialler.Dispose();
        _stop.Dispose();
    }

    private async Task KeepConnectedAsync(Peer peer, SiloKey self)
    {
        var pause = FirstPause;
        while (!peer.IsGone && !_stop.IsCancellationRequested && _cluster.Membership.Key == self)
        {
            try
            {
                await DialAsync(peer, () => pause = FirstPause);
            }
            catch (HandshakeException refusal)
            {
                LogRefusal(refusal, peer.Member.Address);
            }
#pragma warning disable CA1031 // It is tried again until the silo is removed.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _cluster.Log.NotConnected(peer.Key, peer.Member.Address, error.Message);
            }

            await Task.Delay(pause, _cluster.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task DialAsync(Peer peer, Action onOpen)
    {
        using var timeout = Timeout();
        await using var connection = await _dialler.DialAsync(peer.Member.Address, timeout.Token);
        var pipe = await TlsPipe.DialAsync(connection, _cluster.Transport, HostOf(peer.Member), timeout.Token);
        var (other, _) = await _handshake.DialAsync(pipe, Introduce(peer.Key.ToString()), timeout.Token);
        onOpen();
        await RunAsync(pipe, other, link => Attach(peer, link), static _ => { });
    }

    private static string HostOf(ClusterMember member) => member.Address[..member.Address.LastIndexOf(':')];

    private async Task RunAsync(IDuplexPipe pipe, Introduction other, Action<Link> attach, Action<Link> detach)
    {
        var link = new Link(pipe, other, _cluster, _cluster.Transport, _cluster.Silo.Codecs, _cluster.Time);
        _links[link] = true;
        try
        {
            attach(link);
        }
#pragma warning disable CA1031 // What was attached already must hear of the end, and what waits in the connection must come back.
        catch (Exception error)
#pragma warning restore CA1031
        {
            link.Close(error);
        }

        _cluster.Log.Connected(_cluster.Membership.Key, other.ToString());
        var reason = await link.RunAsync();
        _links.TryRemove(link, out _);
        detach(link);
        _cluster.Log.Disconnected(_cluster.Membership.Key, other.ToString(), reason.Message);
    }

    private void Attach(Peer peer, Link link)
    {
        link.Tag = peer;
        peer.Attach(link);
        _cluster.Greet(link); // what changes from here on is told over the link; what changed before, the greeting tells
    }

    private Introduction Introduce(string wanted)
    {
        var self = _cluster.Membership.Key;
        return new Introduction(Introduction.CurrentVersion, _cluster.Settings.Identity.ClusterId, IsClient: false, self.Name, self.Incarnation, wanted, Introduction.NewNonce());
    }

    private HandshakeException? Admit(Introduction other)
    {
        var self = _cluster.Membership.Key;
        if (other.Wanted.Length > 0 && other.Wanted != self.ToString())
        {
            return new(HandshakeRefusal.WrongSilo, $"{other} wants silo {other.Wanted}, but {self} answers at this address: it has restarted, or two silos have the same address; the membership will tell.");
        }

        if (other.IsClient)
        {
            return _gateway.TakesClients ? null : new(HandshakeRefusal.NotNow, $"Silo {self} takes no clients now: use another.");
        }

        if (_cluster.Find(new SiloKey(other.Name, other.Incarnation)) is null)
        {
            _cluster.Membership.Hint(_cluster.View.Version + 1);
            return new(HandshakeRefusal.NotNow, $"{other} is no member of the cluster as silo {self} sees it: it has been removed, or {self} has not heard of it yet. It will try again.");
        }

        return null;
    }

    private void LogRefusal(HandshakeException refusal, string address)
    {
        if (refusal.Refusal is HandshakeRefusal.NotNow or HandshakeRefusal.WrongSilo)
        {
            _cluster.Log.NotYet(_cluster.Membership.Key, address, refusal.Message);
        }
        else
        {
            _cluster.Log.Refused(_cluster.Membership.Key, address, refusal.Refusal, refusal.Message);
        }
    }

    private void FailLate()
    {
        foreach (var peer in _cluster.Peers)
        {
            peer.FailLate();
        }
    }

    private CancellationTokenSource Timeout() => new(_cluster.Transport.ConnectTimeout, _cluster.Time);
}
