namespace Orleans.Configuration;

/// <summary>Options of calls within a silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>Gets or sets how many calls may wait for one activation; further ones fail with <see cref="Runtime.LimitExceededException"/>. 0 for no bound. Default 10,000 (Orleans: no bound).</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 10_000;

    /// <summary>Gets or sets the same for each activation of a stateless worker. 0 for no bound. Default 10,000 (Orleans: no bound).</summary>
#pragma warning disable CA1707 // The name is Orleans'.
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; } = 10_000;
#pragma warning restore CA1707
}
