using System.Net;
using System.Net.Sockets;

namespace Molino.Chaos;

/// <summary>A connection through the proxy: two sockets and what flows between them.</summary>
internal sealed class ProxiedConnection(Socket client, int origin, int targetPort, Func<int, Task> untilOpen) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>The silo that dialled.</summary>
    public int Origin { get; } = origin;

    /// <summary>Carries bytes until one side ends.</summary>
    public async Task RunAsync()
    {
        await OrResetAsync(async () =>
        {
            await untilOpen(Origin);
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, targetPort));
        });
        await Task.WhenAll(OrResetAsync(() => CarryAsync(client, _server)), OrResetAsync(() => CarryAsync(_server, client)));
    }

    /// <summary>Ends both sides with a reset.</summary>
    public void Reset()
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                continue; // it has ended already
            }

            socket.Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    /// <summary>One side is gone: the other learns it.</summary>
    private async Task OrResetAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Reset();
        }
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer);
            await untilOpen(Origin);
            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
    }
}
