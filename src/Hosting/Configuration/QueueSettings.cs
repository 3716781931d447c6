namespace Molino.Hosting;

/// <summary>What configuration says of one queue (<c>Queues:&lt;name&gt;</c>).</summary>
/// <param name="Aging">A waiting job gains one priority for each such span; null for strict priorities.</param>
/// <param name="Shards">How many grains share its bell; 1 unless given.</param>
/// <param name="MaxAttempts">All attempts of jobs that do not say otherwise; null for the type's.</param>
internal sealed record QueueSettings(TimeSpan? Aging, int Shards, int? MaxAttempts);
