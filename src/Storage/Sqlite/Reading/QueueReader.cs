using Molino.Core;
using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>Reads counts of queues. All come from stored counters and the heads of the index: nothing is counted.</summary>
internal static class QueueReader
{
    /// <summary>All queues, by name.</summary>
    public static IReadOnlyList<QueueCounts> ReadAll(StoreReader reader)
    {
        var queues = new List<QueueCounts>();
        var rows = reader.Statement("SELECT cell, jobs FROM counts ORDER BY cell");
        var cells = new long[CountTable.Cells];
        var current = 0;
        while (rows.Step())
        {
            var (queue, cell) = CountTable.Split(rows.Int64(0));
            if (queue != current && current != 0) queues.Add(Finish(reader, current, cells));
            current = queue;
            cells[cell] = rows.Int64(1);
        }

        rows.Reset();
        if (current != 0) queues.Add(Finish(reader, current, cells));
        queues.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return queues;
    }

    /// <summary>One queue, or null when it never had a job.</summary>
    public static QueueCounts? Read(StoreReader reader, string name)
    {
        if (!reader.Names.TryCodeOf(name, out var queue)) return null;
        var rows = reader.Statement("SELECT cell, jobs FROM counts WHERE cell>=?1 AND cell<?2");
        rows.Bind(1, (long)queue << 8);
        rows.Bind(2, (long)(queue + 1) << 8);
        var cells = new long[CountTable.Cells];
        var known = false;
        while (rows.Step())
        {
            known = true;
            cells[CountTable.Split(rows.Int64(0)).Cell] = rows.Int64(1);
        }

        rows.Reset();
        return known ? Finish(reader, queue, cells) : null;
    }

    private static QueueCounts Finish(StoreReader reader, int queue, long[] cells)
    {
        var byPriority = new long[JobPriority.Highest + 1];
        var byStatus = new long[CountTable.Archived + 1];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (status, priority) = CountTable.Meaning(cell);
            byStatus[status] += cells[cell];
            if (status == (int)JobStatus.Queued) byPriority[priority] += cells[cell];
        }

        Array.Clear(cells);
        return new QueueCounts
        {
            Name = reader.Names.NameOf(queue),
            Waiting = byStatus[(int)JobStatus.Waiting],
            Scheduled = byStatus[(int)JobStatus.Scheduled],
            Queued = byStatus[(int)JobStatus.Queued],
            Running = byStatus[(int)JobStatus.Running],
            Failed = byStatus[(int)JobStatus.Failed],
            QueuedByPriority = byPriority,
            OldestQueuedAt = byStatus[(int)JobStatus.Queued] == 0 ? null : OldestQueued(reader, queue),
            NextDueAt = byStatus[(int)JobStatus.Scheduled] == 0 || reader.Jobs.FirstOrder(PlaceKey.OfScheduled(queue)) is not { } ticks
                ? null
                : new DateTimeOffset(ticks, TimeSpan.Zero),
            Paused = IsPaused(reader, queue),
        };
    }

    private static bool IsPaused(StoreReader reader, int queue)
    {
        var row = reader.Statement("SELECT 1 FROM paused WHERE queue=?1");
        row.Bind(1, queue);
        var paused = row.Step();
        row.Reset();
        return paused;
    }

    private static DateTimeOffset? OldestQueued(StoreReader reader, int queue)
    {
        var oldest = new List<StoredJob>();
        for (var priority = JobPriority.Lowest; priority <= JobPriority.Highest; priority++)
        {
            reader.Jobs.ReadPlace(PlaceKey.OfReady(queue, priority), long.MaxValue, 1, oldest);
            reader.Jobs.ReadPlace(PlaceKey.OfReadySuspect(queue, priority), long.MaxValue, 1, oldest);
        }

        return oldest.Count == 0 ? null : oldest.MinBy(stored => stored.Job.Sequence).Job.Spec.CreatedAt;
    }
}
