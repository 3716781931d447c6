using System.Net;

namespace Molino.Conformance.Http;

/// <summary>Reads server-sent events as a browser does.</summary>
public sealed class EventReader(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));

    /// <summary>Opens a stream, which must be one of events.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    public void Dispose()
    {
        _patience.Dispose();
        _reader.Dispose();
        response.Dispose();
    }

    public async Task<(string? Id, string Event, string Data)> NextAsync()
    {
        string? id = null, name = null, data = null;
        while (await _reader.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data is not null) return (id, name!, data);
            else if (line.Length == 0) id = name = null;
        }

        throw new EndOfStreamException("The stream ended without another event.");
    }

    public async Task UntilAsync(Func<string, bool> line)
    {
        while (await _reader.ReadLineAsync(_patience.Token) is { } next)
            if (line(next)) return;
        throw new EndOfStreamException("The stream ended without the line.");
    }

    public async Task<bool> ReadToEndAsync()
    {
        await _reader.ReadToEndAsync(_patience.Token);
        return true;
    }
}
