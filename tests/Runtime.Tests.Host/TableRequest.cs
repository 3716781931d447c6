namespace Molino.Runtime.TestHost;

public sealed record TableRequest(string Kind, byte[]? Document, long ExpectedVersion, string? Name, long Incarnation, long Counter);
