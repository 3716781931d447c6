namespace Molino.Api;

/// <summary>How event streams behave.</summary>
public sealed class EventStreamOptions
{
    /// <summary>An idle stream gets a comment this often, so that proxies and clients know that it lives; 0.05 s to 20 s, default 15 s.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);
}
