using System.Net;
using System.Net.Sockets;
using Molino.TestServers;

namespace Molino.Chaos.Tests.Network;

/// <summary>The proxy between a client and a server that sends everything back.</summary>
public sealed class TcpProxyTests : IDisposable
{
    private const int One = 1;
    private const int Two = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly TcpProxy _proxy;
    private int _origin = One;

    public TcpProxyTests()
    {
        _server.Start();
        _proxy = new TcpProxy(TestMachine.StablePort(), ((IPEndPoint)_server.LocalEndpoint).Port, (_, _) => _origin);
        _ = ServeAsync();
    }

    [Fact]
    public async Task Bytes_GoThroughBothWays()
    {
        using var client = await ConnectAsync();

        (await EchoAsync(client, 7)).ShouldBe((byte)7);
    }

    [Fact]
    public async Task Reset_EndsConnectionsAndNewOnesUntilHealed()
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);

        _proxy.Cut(CutKind.Reset);

        await Should.ThrowAsync<SocketException>(() => EchoAsync(client, 2));
        await Should.ThrowAsync<SocketException>(async () =>
        {
            using var during = await ConnectAsync(); // this may be reset as well
            await EchoAsync(during, 3);
        });
        _proxy.Heal();
        using var after = await ConnectAsync();
        (await EchoAsync(after, 4)).ShouldBe((byte)4);
    }

    [Fact]
    public async Task Silence_KeepsBytesUntilHealed()
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);

        _proxy.Cut(CutKind.Silent);

        using var during = await ConnectAsync();
        var (old, fresh) = (EchoAsync(client, 2), EchoAsync(during, 3));
        await Should.ThrowAsync<TimeoutException>(() => Task.WhenAny(old, fresh).WaitAsync(TimeSpan.FromMilliseconds(300)));
        _proxy.Heal();
        (await old).ShouldBe((byte)2);
        (await fresh).ShouldBe((byte)3);
    }

    [Fact]
    public async Task CutOfOneOrigin_LeavesOthersAlone()
    {
        using var one = await ConnectAsync();
        await EchoAsync(one, 1);
        _origin = Two;
        using var two = await ConnectAsync();
        await EchoAsync(two, 2);

        _proxy.Cut(CutKind.Reset, One);

        await Should.ThrowAsync<SocketException>(() => EchoAsync(one, 3));
        (await EchoAsync(two, 4)).ShouldBe((byte)4);
    }

    [Fact]
    public async Task Owner_OfAConnection_IsItsProcess()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var accepting = _server.AcceptSocketAsync();
        await client.ConnectAsync(_server.LocalEndpoint);

        ConnectionOwner.Find((IPEndPoint)client.LocalEndPoint!, (IPEndPoint)client.RemoteEndPoint!, [1, Environment.ProcessId]).ShouldBe(Environment.ProcessId);
        ConnectionOwner.Find(new IPEndPoint(IPAddress.Loopback, 1), (IPEndPoint)client.RemoteEndPoint!, [Environment.ProcessId]).ShouldBe(0);
        _ = accepting;
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _server.Dispose();
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return client;
    }

    private static async Task<byte> EchoAsync(Socket client, byte value)
    {
        using var limit = new CancellationTokenSource(Patience);
        await client.SendAsync(new[] { value }, limit.Token);
        var answer = new byte[1];
        return await client.ReceiveAsync(answer, limit.Token) == 1 ? answer[0] : throw new SocketException((int)SocketError.ConnectionReset);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _server.AcceptSocketAsync();
                _ = new NetworkStream(socket, ownsSocket: true) is var stream ? stream.CopyToAsync(stream) : null;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return; // disposed
        }
    }
}
