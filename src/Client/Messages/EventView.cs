using Molino.Core;

namespace Molino.Client;

/// <summary>Something that happened to a job.</summary>
public sealed record EventView
{
    /// <summary>The cursor: give it back as <c>after</c> or <c>Last-Event-ID</c> to read on.</summary>
    public required string Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required JobEventKind Kind { get; init; }

    /// <summary>The job.</summary>
    public required JobId Job { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its queue after the event.</summary>
    public required string Queue { get; init; }

    /// <summary>Its state after the event.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Its version after the event.</summary>
    public required int Version { get; init; }

    /// <summary>Its attempt after the event.</summary>
    public int Attempt { get; init; }

    /// <summary>The silo of the attempt.</summary>
    public string? Silo { get; init; }

    /// <summary>The error's message, for ends that have one.</summary>
    public string? Error { get; init; }

    /// <summary>Progress from 0 to 1, for progress events.</summary>
    public double? Fraction { get; init; }
}
