using System.Net;

namespace Molino.Client;

/// <summary>One call to a server.</summary>
internal sealed class HttpCall
{
    public HttpCall(HttpMethod method, string path, Repeat repeat)
    {
        Method = method;
        Path = path;
        Repeat = repeat;
    }

    public HttpMethod Method { get; }

    /// <summary>Path and query, from <c>/api</c> on.</summary>
    public string Path { get; }

    /// <summary>The path alone, for messages.</summary>
    public string PathOnly => Path.Split('?')[0];

    public Repeat Repeat { get; }

    public PooledJson? Body { get; init; }

    /// <summary>How long the server was asked to hold the answer.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>A status that is an answer here, though not a success.</summary>
    public HttpStatusCode? Expected { get; init; }

    /// <summary>Whether whoever reads the answer also disposes it.</summary>
    public bool KeepsAnswer { get; init; }

    public string? Accept { get; init; }

    public string? LastEventId { get; init; }

    /// <summary>Whether the call was sent again after its answer was lost.</summary>
    public bool WasRepeated { get; set; }

    public bool Accepts(HttpStatusCode status) => status == Expected;

    public static HttpCall Get(string path, TimeSpan hold = default) => new(HttpMethod.Get, path, Repeat.Always) { Hold = hold };
}
