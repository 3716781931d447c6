namespace Molino.Runtime.TestHost;

public sealed record TableBeat(string Name, long Incarnation, long Counter);
