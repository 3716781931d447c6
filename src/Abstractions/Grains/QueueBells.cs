using System.Security.Cryptography;
using Orleans;

namespace Molino.Grains;

/// <summary>
/// Reaches the bells of queues. A queue has one grain for its bell, or as many as its configuration says: listeners are spread over them, a ring starts at
/// one of them and is passed on until it finds a listener.
/// </summary>
/// <param name="grains">Where the bells are.</param>
/// <param name="queues">Configuration by queue; a queue that is not there has the defaults.</param>
public sealed class QueueBells(IGrainFactory grains, IReadOnlyDictionary<string, QueueOptions> queues)
{
    private static readonly QueueOptions Default = new();

    /// <summary>The configuration of a queue.</summary>
    /// <param name="queue">The queue.</param>
    public QueueOptions OptionsOf(string queue) => queues.TryGetValue(queue, out var options) ? options : Default;

    /// <summary>Says that jobs have come: one idle pool somewhere looks. A hint: it may get lost.</summary>
    /// <param name="queue">The queue.</param>
    public void Ring(string queue)
    {
        var shards = OptionsOf(queue).Shards;
        _ = Shard(queue, shards == 1 ? 0 : RandomNumberGenerator.GetInt32(shards)).RingAsync(new QueueRing(shards - 1));
    }

    /// <summary>Says that a job will be due: then one idle pool somewhere looks. A hint: it may get lost.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="due">When, UTC.</param>
    public void RingAt(string queue, DateTimeOffset due) => _ = Shard(queue, 0).WakeAtAsync(due);

    /// <summary>Waits for a ring.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="listener">Who listens: always at the same shard.</param>
    /// <param name="wait">At most so long; capped at 20 s.</param>
    /// <returns>Whether it rang.</returns>
    public Task<bool> ListenAsync(string queue, string listener, TimeSpan wait)
    {
        var shards = OptionsOf(queue).Shards;
        return Shard(queue, (int)((uint)StringComparer.Ordinal.GetHashCode(listener) % shards)).ListenAsync(wait);
    }

    /// <summary>The grain to which a shard passes a ring on.</summary>
    /// <param name="key">The key of the shard that has it.</param>
    /// <returns>The next shard.</returns>
    public IQueueGrain NextTo(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var queue = slash < 0 ? key : key[..slash];
        var number = slash < 0 ? 0 : int.Parse(key.AsSpan(slash + 1), provider: System.Globalization.CultureInfo.InvariantCulture);
        return Shard(queue, (number + 1) % OptionsOf(queue).Shards);
    }

    private IQueueGrain Shard(string queue, int number) =>
        grains.GetGrain<IQueueGrain>(number == 0 ? queue : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{queue}/{number}"));
}
