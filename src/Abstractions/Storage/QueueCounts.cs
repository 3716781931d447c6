using Orleans;

namespace Molino.Storage;

/// <summary>How many jobs of a queue are in each live state, and failed ones not archived.</summary>
[GenerateSerializer, Immutable, Alias("store.queue-counts.v1")]
public sealed record QueueCounts
{
    /// <summary>The queue.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Held or parked jobs.</summary>
    [Id(1)]
    public long Waiting { get; init; }

    /// <summary>Jobs due later.</summary>
    [Id(2)]
    public long Scheduled { get; init; }

    /// <summary>Ready jobs.</summary>
    [Id(3)]
    public long Queued { get; init; }

    /// <summary>Running jobs.</summary>
    [Id(4)]
    public long Running { get; init; }

    /// <summary>Dead letters, archived ones left out.</summary>
    [Id(5)]
    public long Failed { get; init; }

    /// <summary>Ready jobs by priority; 11 numbers, index is the priority.</summary>
    [Id(6)]
    public required IReadOnlyList<long> QueuedByPriority { get; init; }

    /// <summary>When the ready job that was accepted first was accepted, UTC; null when none is ready.</summary>
    [Id(7)]
    public DateTimeOffset? OldestQueuedAt { get; init; }

    /// <summary>When the next scheduled job is due, UTC; null when none is scheduled.</summary>
    [Id(8)]
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>Whether the queue is paused.</summary>
    [Id(9)]
    public bool Paused { get; init; }
}
