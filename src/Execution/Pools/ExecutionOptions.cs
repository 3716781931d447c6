namespace Molino.Execution;

/// <summary>Times of execution that all pools share.</summary>
public sealed class ExecutionOptions
{
    /// <summary>How long a stopping silo waits for what runs (<c>Drain:Timeout</c>). Default 60 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long handlers have to obey once the drain time is over, before their jobs are handed back. Default 5 s.</summary>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a handler in a child process has to obey a stop request before its tree is killed. Default 10 s.</summary>
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an idle pool announces its demand again. Default 1 s.</summary>
    public TimeSpan Announce { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a pool compares its leases in the store with its memory. Default 2 s.</summary>
    public TimeSpan Reconcile { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often progress and log of a job are stored at most. Default 200 ms: five times a second.</summary>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How old the request for a lease may be when the handler starts; older ones are looked up in the store first. Less than the time after which others take a silent silo for dead
    /// (5 s). Default 2 s.
    /// </summary>
    public TimeSpan TrustLease { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a feed waits after the store refused it, before it tries again. Default 250 ms.</summary>
    public TimeSpan RetryStoreAfter { get; set; } = TimeSpan.FromMilliseconds(250);
}
