namespace Molino.Client.Tests;

/// <summary>A request as the server saw it.</summary>
public sealed record RecordedRequest(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"{Method} {Target}";
}
