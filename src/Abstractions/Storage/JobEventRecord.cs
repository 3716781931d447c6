using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>An event as the log keeps it.</summary>
[GenerateSerializer, Immutable, Alias("store.event-record.v1")]
public sealed record JobEventRecord
{
    /// <summary>Its place in the log.</summary>
    [Id(0)]
    public required EventCursor Cursor { get; init; }

    /// <summary>When it happened, UTC.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    [Id(2)]
    public required JobEventKind Kind { get; init; }

    /// <summary>The job.</summary>
    [Id(3)]
    public required JobId Job { get; init; }

    /// <summary>The job's type.</summary>
    [Id(4)]
    public required string Type { get; init; }

    /// <summary>Its queue after the event.</summary>
    [Id(5)]
    public required string Queue { get; init; }

    /// <summary>Its state after the event.</summary>
    [Id(6)]
    public required JobStatus Status { get; init; }

    /// <summary>Its version after the event.</summary>
    [Id(7)]
    public required int Version { get; init; }

    /// <summary>Its attempt after the event.</summary>
    [Id(8)]
    public int Attempt { get; init; }

    /// <summary>The silo of the attempt; null when it never ran.</summary>
    [Id(9)]
    public string? Silo { get; init; }

    /// <summary>The error's message, for ends that have one.</summary>
    [Id(10)]
    public string? Error { get; init; }

    /// <summary>Progress, for <see cref="JobEventKind.Progressed"/>.</summary>
    [Id(11)]
    public double? Fraction { get; init; }
}
