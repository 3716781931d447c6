using System.Net.Sockets;
using System.Text;

namespace Molino.Api.Benchmarks;

/// <summary>One connection that sends the same request again and again, with as little work of its own as can be.</summary>
internal sealed class KeepAliveClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[256 * 1024];

    public KeepAliveClient(Uri address, string path, string body)
    {
        _socket.Connect(address.Host, address.Port);
        var utf8 = Encoding.UTF8.GetBytes(body);
        var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {utf8.Length}\r\n\r\n";
        _request = [.. Encoding.ASCII.GetBytes(head), .. utf8];
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends one request and reads its answer.</summary>
    /// <returns>The status.</returns>
    public int Call()
    {
        for (var sent = 0; sent < _request.Length;) sent += _socket.Send(_request, sent, _request.Length - sent, SocketFlags.None);
        var read = 0;
        var end = -1;
        while (end < 0 || read < end)
        {
            var count = _socket.Receive(_answer, read, _answer.Length - read, SocketFlags.None);
            if (count == 0) throw new InvalidOperationException("The connection ended.");
            read += count;
            if (end < 0) end = EndOf(_answer.AsSpan(0, read));
        }

        return ((_answer[9] - '0') * 100) + ((_answer[10] - '0') * 10) + (_answer[11] - '0');
    }

    private static int EndOf(ReadOnlySpan<byte> answer)
    {
        var body = answer.IndexOf("\r\n\r\n"u8);
        if (body < 0) return -1;
        var length = answer.IndexOf("Content-Length: "u8) + 16;
        var value = 0;
        for (var i = length; answer[i] is >= (byte)'0' and <= (byte)'9'; i++) value = (value * 10) + (answer[i] - '0');
        return body + 4 + value;
    }
}
