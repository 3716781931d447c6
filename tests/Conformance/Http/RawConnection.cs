using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Molino.Conformance.Http;

/// <summary>A client that writes its whole request before it reads anything, as simple ones do.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly string _host;
    private readonly NetworkStream _stream;

    public RawConnection(Uri address)
    {
        _host = address.Authority;
        _client.Connect(address.Host, address.Port);
        _stream = _client.GetStream();
        _stream.ReadTimeout = 30_000;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Writes the head of a POST, and the begin of its body.</summary>
    public Task PostAsync(string path, string headers, string body = "", string contentType = "application/json") =>
        WriteAsync($"POST {path} HTTP/1.1\r\nHost: {_host}\r\nContent-Type: {contentType}\r\n{headers}\r\n\r\n{body}");

    public Task WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    public async Task WriteAsync(long bytes, byte fill = (byte)' ')
    {
        var block = new byte[64 * 1024];
        block.AsSpan().Fill(fill);
        for (var left = bytes; left > 0; left -= block.Length) await _stream.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
    }

    public async Task WriteChunksAsync(int count, int size)
    {
        var chunk = Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n" + new string(' ', size) + "\r\n");
        for (var i = 0; i < count; i++) await _stream.WriteAsync(chunk);
        await WriteAsync("0\r\n\r\n");
    }

    /// <summary>Reads one answer that says its length.</summary>
    public async Task<(int Status, string Head, JsonNode? Body)> ReadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)await ReadByteAsync());
        var text = head.ToString();
        var status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var line = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[line is null ? 0 : int.Parse(line.AsSpan(15), CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body);
        return (status, text, body.Length == 0 ? null : JsonNode.Parse(body));
    }

    private async Task<int> ReadByteAsync()
    {
        var one = new byte[1];
        await _stream.ReadExactlyAsync(one);
        return one[0];
    }
}
