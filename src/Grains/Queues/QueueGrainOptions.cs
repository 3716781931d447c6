namespace Molino.Grains;

/// <summary>What a queue's grain takes from configuration (<c>Queues:&lt;name&gt;</c>).</summary>
public sealed class QueueGrainOptions
{
    /// <summary>A waiting job gains one priority for each such span; null for strict priorities. Default null.</summary>
    public TimeSpan? Aging { get; set; }
}
