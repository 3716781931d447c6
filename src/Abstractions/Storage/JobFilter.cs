using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>Which jobs to list, newest first.</summary>
[GenerateSerializer, Immutable, Alias("store.job-filter.v1")]
public sealed record JobFilter
{
    /// <summary>The most items of a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Only this state; null for all.</summary>
    [Id(0)]
    public JobStatus? Status { get; init; }

    /// <summary>Only this queue; null for all.</summary>
    [Id(1)]
    public string? Queue { get; init; }

    /// <summary>Only this type; null for all.</summary>
    [Id(2)]
    public string? Type { get; init; }

    /// <summary>Only jobs with this tag; null for all.</summary>
    [Id(3)]
    public string? Tag { get; init; }

    /// <summary>Only jobs whose id, type or one tag starts with this; null for all.</summary>
    [Id(4)]
    public string? Prefix { get; init; }

    /// <summary>Only jobs accepted at or after this, UTC.</summary>
    [Id(5)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Only jobs accepted before this, UTC.</summary>
    [Id(6)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Items of a page, 1 to 1,000. Default 100.</summary>
    [Id(7)]
    public int Limit { get; init; } = 100;

    /// <summary>Where the last page ended; null for the newest.</summary>
    [Id(8)]
    public string? Cursor { get; init; }

    /// <summary>Whether archived dead letters are listed too. Default false.</summary>
    [Id(9)]
    public bool IncludeArchived { get; init; }
}
