using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Molino.Client.Benchmarks;

/// <summary>Answers every request on a raw socket with prepared bytes, so that nearly all that is measured is the client.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public CannedServer(string status, string json)
    {
        _answer = Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
        _listener.Start();
        Serving = AcceptAsync();
    }

    public Task Serving { get; }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var buffer = new byte[1 << 20];
        var length = 0;
        while (await socket.ReceiveAsync(buffer.AsMemory(length)) is > 0 and var count)
        {
            length += count;
            while (RequestLength(buffer.AsSpan(0, length)) is var request && request > 0 && length >= request)
            {
                buffer.AsSpan(request, length - request).CopyTo(buffer);
                length -= request;
                await socket.SendAsync(_answer);
            }
        }
    }

    private static int RequestLength(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return 0;
        var name = bytes[..head].IndexOf("Content-Length: "u8);
        if (name < 0) return head + 4;
        return System.Buffers.Text.Utf8Parser.TryParse(bytes[(name + "Content-Length: ".Length)..], out int body, out _) ? head + 4 + body : 0;
    }
}
