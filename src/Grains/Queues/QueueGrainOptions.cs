using System.ComponentModel.DataAnnotations;

namespace Molino.Grains;

/// <summary>What configuration says of one queue (<c>Queues:&lt;name&gt;</c>).</summary>
public sealed class QueueGrainOptions
{
    /// <summary>A waiting job gains one priority for each such span; null for strict priorities. Default null.</summary>
    public TimeSpan? Aging { get; set; }

    /// <summary>All attempts of the queue's jobs whose submit and type say nothing else; null for the type's. Default null.</summary>
    [Range(1, 1000)]
    public int? MaxAttempts { get; set; }
}
