using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Molino.Chaos;

/// <summary>Stands between a port and those who connect to it, and cuts some or all of them off on demand. Needs no privileges.</summary>
internal sealed class TcpProxy : IDisposable
{
    /// <summary>Everybody who connects.</summary>
    public const int Everybody = 0;

    private readonly TcpListener _listener;
    private readonly int _targetPort;
    private readonly Func<IPEndPoint, IPEndPoint, int> _originOf;
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly ConcurrentDictionary<int, (CutKind Kind, TaskCompletionSource Over)> _cuts = new();

    /// <summary>Starts to take connections.</summary>
    /// <param name="port">Where.</param>
    /// <param name="targetPort">Where they go; it need not be open yet.</param>
    /// <param name="originOf">Tells which silo dialled, from both ends of a connection; 0 when it does not matter.</param>
    public TcpProxy(int port, int targetPort, Func<IPEndPoint, IPEndPoint, int> originOf)
    {
        Port = port;
        _targetPort = targetPort;
        _originOf = originOf;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Cuts connections off.</summary>
    /// <param name="kind">How.</param>
    /// <param name="origin">Those of one silo, or <see cref="Everybody"/>.</param>
    public void Cut(CutKind kind, int origin = Everybody)
    {
        _cuts[origin] = (kind, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (kind == CutKind.Silent) return;
        foreach (var connection in _connections.Keys.Where(connection => origin == Everybody || connection.Origin == origin)) connection.Reset();
    }

    /// <summary>Lets them through again.</summary>
    public void Heal(int origin = Everybody)
    {
        if (_cuts.TryRemove(origin, out var cut)) cut.Over.SetResult();
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections.Keys) connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return; // disposed
        }
    }

    private async Task ServeAsync(Socket client)
    {
        client.NoDelay = true;
        await Task.Yield();
        using var connection = new ProxiedConnection(client, OriginOf(client), _targetPort, UntilOpenAsync);
        _connections[connection] = true;
        if (Find(connection.Origin) is { Kind: CutKind.Reset }) connection.Reset();
        await connection.RunAsync();
        _connections.TryRemove(connection, out _);
    }

    private int OriginOf(Socket client)
    {
        try
        {
            return _originOf((IPEndPoint)client.RemoteEndPoint!, (IPEndPoint)client.LocalEndPoint!);
        }
        catch (SocketException)
        {
            return Everybody; // it has hung up already
        }
    }

    private (CutKind Kind, TaskCompletionSource Over)? Find(int origin) =>
        _cuts.TryGetValue(Everybody, out var all) ? all : _cuts.TryGetValue(origin, out var own) ? own : null;

    private async Task UntilOpenAsync(int origin)
    {
        while (Find(origin) is { Kind: CutKind.Silent } cut) await cut.Over.Task;
    }
}
