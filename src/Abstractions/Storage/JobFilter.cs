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

    /// <summary>Whether a job passes the filter; the cursor and the limit are the lister's.</summary>
    /// <param name="job">The job.</param>
    public bool Fits(Job job) =>
        (Status is not { } status || job.Status == status)
        && (IncludeArchived || !job.Archived)
        && (Queue is not { } queue || string.Equals(job.Queue, queue, StringComparison.Ordinal))
        && (Type is not { } type || string.Equals(job.Spec.Type, type, StringComparison.Ordinal))
        && (Tag is not { } tag || job.Spec.Tags.Contains(tag, StringComparer.Ordinal))
        && (From is not { } from || job.Spec.CreatedAt >= from)
        && (To is not { } to || job.Spec.CreatedAt < to)
        && (Prefix is not { } prefix || HasPrefix(job, prefix));

    private static bool HasPrefix(Job job, string prefix) =>
        job.Spec.Type.StartsWith(prefix, StringComparison.Ordinal)
        || job.Id.ToString().StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || job.Spec.Tags.Any(tag => tag.StartsWith(prefix, StringComparison.Ordinal));
}
