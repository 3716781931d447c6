using Orleans;
using Orleans.Concurrency;

namespace Molino.Grains;

/// <summary>
/// A queue's bell: idle pools listen, a ring wakes one of them, and that one rings again when it leaves jobs behind. Holds no jobs and no policy: those are
/// the store's, so that dispatch goes on while the silo of this grain is away. Reached by <see cref="QueueBells"/>. Key: the queue's name, for further
/// shards with <c>/1</c>, <c>/2</c> and so on.
/// </summary>
[Alias("molino.queue")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Waits for a ring: the way a pool announces its demand. A ring that found nobody is heard at once.</summary>
    /// <param name="wait">At most so long; capped at 20 s.</param>
    /// <returns>Whether it rang.</returns>
    [Alias("listen")]
    Task<bool> ListenAsync(TimeSpan wait);

    /// <summary>Wakes one listener.</summary>
    /// <param name="ring">How far it goes while nobody listens.</param>
    [OneWay]
    [Alias("ring")]
    Task RingAsync(QueueRing ring);

    /// <summary>Rings at a time, for a job that is due then. The earliest of several times counts: the pull that follows tells the next.</summary>
    /// <param name="due">When, UTC; a past time rings at once.</param>
    [OneWay]
    [Alias("wake-at")]
    Task WakeAtAsync(DateTimeOffset due);
}
