using Molino.Core;
using Orleans;

namespace Molino.Client;

/// <summary>Something that happened to a job.</summary>
[GenerateSerializer, Immutable, Alias("client.event.v1")]
public sealed record EventView
{
    /// <summary>The cursor: give it back as <c>after</c> or <c>Last-Event-ID</c> to read on.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>When, UTC.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    [Id(2)]
    public required JobEventKind Kind { get; init; }

    /// <summary>The job.</summary>
    [Id(3)]
    public required JobId Job { get; init; }

    /// <summary>Its type.</summary>
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

    /// <summary>The silo of the attempt.</summary>
    [Id(9)]
    public string? Silo { get; init; }

    /// <summary>The error's message, for ends that have one.</summary>
    [Id(10)]
    public string? Error { get; init; }

    /// <summary>Progress from 0 to 1, for progress events.</summary>
    [Id(11)]
    public double? Fraction { get; init; }
}
