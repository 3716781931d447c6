using Orleans;

namespace Molino.Client;

/// <summary>A queue, as in <c>GET /api/queues/{q}</c>.</summary>
[GenerateSerializer, Immutable, Alias("client.queue.v1")]
public sealed record QueueView
{
    /// <summary>The queue's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Ready jobs.</summary>
    [Id(1)]
    public required long Queued { get; init; }

    /// <summary>Jobs due later.</summary>
    [Id(2)]
    public required long Scheduled { get; init; }

    /// <summary>Held jobs.</summary>
    [Id(3)]
    public required long Waiting { get; init; }

    /// <summary>Running jobs.</summary>
    [Id(4)]
    public required long Running { get; init; }

    /// <summary>Dead letters, archived ones left out.</summary>
    [Id(5)]
    public required long Failed { get; init; }

    /// <summary>Seconds that the oldest ready job has waited; absent when none is ready.</summary>
    [Id(6)]
    public double? OldestAge { get; init; }

    /// <summary>Ready jobs by priority; priorities without jobs are left out.</summary>
    [Id(7)]
    public required IReadOnlyDictionary<string, long> ByPriority { get; init; }

    /// <summary>Whether leasing is paused.</summary>
    [Id(8)]
    public required bool Paused { get; init; }

    /// <summary>Jobs started per second at most; absent for no limit.</summary>
    [Id(9)]
    public double? Rate { get; init; }

    /// <summary>Jobs running at most; absent for no limit.</summary>
    [Id(10)]
    public int? Concurrency { get; init; }
}
