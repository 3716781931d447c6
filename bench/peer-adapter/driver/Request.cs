namespace Molino.PeerDriver;

/// <summary>A request of the harness; what an operation does not need is absent.</summary>
internal sealed record Request(
    string Op, int N = 0, string Mode = "one", string Task = "noop", double Secs = 0.5, double Seconds = 0, double Rate = 0, double Min = 0, double Max = 0);
