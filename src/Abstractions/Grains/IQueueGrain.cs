using Molino.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Grains;

/// <summary>A queue: its policy and its doorbell, never a list of jobs. Leases from the store on behalf of pools. Key: the queue's name.</summary>
[Alias("molino.queue")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Waits for a ring: the way a pool announces its demand.</summary>
    /// <param name="known">The version heard last; -1 at first.</param>
    /// <param name="wait">At most so long; capped at 20 s.</param>
    [Alias("listen")]
    Task<QueueBell> ListenAsync(long known, TimeSpan wait);

    /// <summary>Rings: jobs have come.</summary>
    /// <param name="ring">What came.</param>
    [OneWay]
    [Alias("ring")]
    Task RingAsync(QueueRing ring);

    /// <summary>Stores ends of attempts and leases jobs for free slots, in one commit.</summary>
    /// <param name="request">Who asks for what; a paused queue stores the ends and leases nothing.</param>
    [Alias("pull")]
    Task<LeaseResult> PullAsync(LeaseRequest request);

    /// <summary>Pauses or resumes leasing; what runs goes on.</summary>
    /// <param name="paused">Whether to pause.</param>
    [Alias("set-paused")]
    Task SetPausedAsync(bool paused);

    /// <summary>Reads the policy.</summary>
    [Alias("policy")]
    Task<QueuePolicy> PolicyAsync();
}
