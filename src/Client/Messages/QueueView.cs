namespace Molino.Client;

/// <summary>A queue, as in <c>GET /api/queues/{q}</c>.</summary>
public sealed record QueueView
{
    /// <summary>The queue's name.</summary>
    public required string Name { get; init; }

    /// <summary>Ready jobs.</summary>
    public required long Queued { get; init; }

    /// <summary>Jobs due later.</summary>
    public required long Scheduled { get; init; }

    /// <summary>Held jobs.</summary>
    public required long Waiting { get; init; }

    /// <summary>Running jobs.</summary>
    public required long Running { get; init; }

    /// <summary>Dead letters, archived ones left out.</summary>
    public required long Failed { get; init; }

    /// <summary>Seconds that the oldest ready job has waited; absent when none is ready.</summary>
    public double? OldestAge { get; init; }

    /// <summary>Ready jobs by priority; priorities without jobs are left out.</summary>
    public required IReadOnlyDictionary<string, long> ByPriority { get; init; }

    /// <summary>Whether leasing is paused.</summary>
    public required bool Paused { get; init; }

    /// <summary>Jobs started per second at most; absent for no limit.</summary>
    public double? Rate { get; init; }

    /// <summary>Jobs running at most; absent for no limit.</summary>
    public int? Concurrency { get; init; }
}
