using Orleans;

namespace Molino.Client;

/// <summary>A silo of the cluster.</summary>
/// <param name="Id">Its name with its incarnation.</param>
/// <param name="Version">Molino's version.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Status">
/// <c>active</c>; <c>draining</c> (takes no more work, also when all of it has ended); <c>suspect</c> (said nothing for 3 s); <c>dead</c> (the cluster removed it; shown for
/// 5 minutes); <c>waiting</c> (it has not started, because its store was replaced).
/// </param>
[GenerateSerializer, Immutable, Alias("client.silo.v1")]
public sealed record SiloView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Version,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] string Status)
{
    /// <summary>Host and process: the id without the incarnation.</summary>
    [Id(4)]
    public string? Name { get; init; }

    /// <summary>Where other silos connect, as <c>host:port</c>; null for a silo without a cluster.</summary>
    [Id(5)]
    public string? Address { get; init; }

    /// <summary>Where it answers HTTP.</summary>
    [Id(6)]
    public IReadOnlyList<string>? Http { get; init; }

    /// <summary>Attempts that run on it.</summary>
    [Id(7)]
    public int Running { get; init; }

    /// <summary>How its store is, as it said last.</summary>
    [Id(8)]
    public HealthPartView? Store { get; init; }

    /// <summary>Seconds since it said so, by the store's clock; 0 for the silo asked.</summary>
    [Id(9)]
    public double BeatAge { get; init; }
}
