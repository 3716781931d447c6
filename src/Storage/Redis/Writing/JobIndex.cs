using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>Moves a job's entries in the indexes and counters: what one change of its record means for everything else.</summary>
internal sealed class JobIndex(StoreKeys keys)
{
    /// <summary>Scores of ready jobs: each priority has a span of its own, within it the order of acceptance.</summary>
    private const long Span = 1L << 45;

    /// <summary>The field of a job's counter.</summary>
    public static string CellOf(Job job) => job.Queue + job.Status switch
    {
        JobStatus.Waiting => "/w",
        JobStatus.Scheduled => "/s",
        JobStatus.Queued => ReadyCells[job.Priority],
        JobStatus.Running => "/r",
        JobStatus.Succeeded => "/done",
        JobStatus.Failed => job.Archived ? "/archived" : "/failed",
        JobStatus.Cancelled => "/cancelled",
        _ => "/expired",
    };

    private static string[] ReadyCells { get; } = [.. Enumerable.Range(0, JobPriority.Highest + 1).Select(priority => $"/q{priority}")];

    /// <summary>Moves a job.</summary>
    /// <param name="script">Where the moves are collected.</param>
    /// <param name="id">Its id.</param>
    /// <param name="before">As it is stored; null for a new job.</param>
    /// <param name="after">As it will be.</param>
    public void Move(BatchScript script, ReadOnlySpan<byte> id, Job? before, Job after)
    {
        var (from, to) = (before is null ? null : SortedPlace(before), SortedPlace(after));
        if (before is not null)
        {
            if (from is not null && !string.Equals(from, to, StringComparison.Ordinal)) script.Command("ZREM", from).Add(id);
            if (before.Status == JobStatus.Running && after.Status != JobStatus.Running) Running(script, id, before, -1);
            if (before.Status == JobStatus.Failed && after.Status != JobStatus.Failed) script.Command("ZREM", keys.Dead).Add(id);
            script.Count(keys.Counts, CellOf(before), -1);
        }

        script.Count(keys.Counts, CellOf(after), 1);
        Expiry(script, id, before, after);
        if (before is null && after is { Status: JobStatus.Queued, IsSuspect: false }) script.Command("RPUSH", keys.Ready(after.Queue, after.Priority)).Add(id);
        else if (to is not null) script.Command("ZADD", to).Add(ScoreOf(after)).Add(id);
        if (after.Status == JobStatus.Running && before?.Status != JobStatus.Running) Running(script, id, after, 1);
        if (after.Status.IsTerminal() && before?.Status != after.Status) Finished(script, id, after);
    }

    /// <summary>Takes a finished job out of all indexes and counters; its entry among the finished is the caller's to drop.</summary>
    public void Remove(BatchScript script, ReadOnlySpan<byte> id, Job job)
    {
        if (job.Status == JobStatus.Failed) script.Command("ZREM", keys.Dead).Add(id);
        script.Count(keys.Counts, CellOf(job), -1);
        script.Count(keys.Meta, "removed", 1);
    }

    /// <summary>The sorted set that a job stands in, if any. A ready job may stand in its queue's list instead; then removing it here does nothing.</summary>
    private string? SortedPlace(Job job) => job.Status switch
    {
        JobStatus.Scheduled => keys.Due(job.Queue),
        JobStatus.Queued => job.IsSuspect ? keys.Suspects(job.Queue) : keys.Late(job.Queue),
        _ => null,
    };

    private static long ScoreOf(Job job) => job.Status == JobStatus.Scheduled
        ? StoreTicks.Of(job.DueAt ?? default)
        : ((JobPriority.Highest - job.Priority) * Span) + job.Sequence;

    private void Running(BatchScript script, ReadOnlySpan<byte> id, Job job, int step)
    {
        var silo = job.Silo ?? "";
        script.Command(step > 0 ? "SADD" : "SREM", keys.Running(silo)).Add(id);
        script.Count(keys.Holders, silo, step);
        if (job.IsSuspect) script.Count(keys.Risky, silo, step);
    }

    private void Expiry(BatchScript script, ReadOnlySpan<byte> id, Job? before, Job after)
    {
        var (from, to) = (before is null ? null : JobRecord.ExpiryOf(before), JobRecord.ExpiryOf(after));
        if (from == to) return;
        if (to is { } limit) script.Command("ZADD", keys.Expiry).Add(StoreTicks.Of(limit)).Add(id);
        else script.Command("ZREM", keys.Expiry).Add(id);
    }

    private void Finished(BatchScript script, ReadOnlySpan<byte> id, Job job)
    {
        Span<byte> entry = stackalloc byte[FinishedEntry.Length];
        FinishedEntry.Write(job.FinishedAt ?? default, id, entry);
        script.Command("RPUSH", keys.Finished(job.Status)).Add(entry);
        if (job.Status == JobStatus.Failed) script.Command("ZADD", keys.Dead).Add(job.Sequence).Add(id);
    }
}
