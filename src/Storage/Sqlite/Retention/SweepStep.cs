using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Retention;

/// <summary>Removes one small batch of each thing that is no longer kept, and says whether there may be more.</summary>
internal sealed class SweepStep(WriteSession session, RetentionLimits limits, long freeBytes)
{
    /// <summary>Jobs or results of one batch.</summary>
    private const int Batch = 250;

    /// <summary>Rows of events of one batch.</summary>
    private const int EventBatch = 100;

    private readonly DateTimeOffset _now = session.Time.GetUtcNow();

    /// <summary>Does one batch.</summary>
    /// <returns>Whether there may be more to remove.</returns>
    public bool Run() => RemoveOld() | RemoveAbove() | DropResults() | DropEvents() | session.Keys.Forget(_now, Batch) == Batch;

    private bool RemoveOld()
    {
        var old = new List<StoredJob>();
        foreach (var end in PlaceKey.Ends)
        {
            var keep = end switch
            {
                JobStatus.Failed => limits.Failed,
                JobStatus.Cancelled => limits.Cancelled,
                _ => limits.Succeeded,
            };
            session.Jobs.ReadPlace(PlaceKey.OfFinished(end), Cutoff(keep), Batch - old.Count, old);
            if (old.Count == Batch) break;
        }

        return Remove(old);
    }

    /// <summary>Above the number or the bytes that are kept, the jobs that ended first go, whatever their end.</summary>
    private bool RemoveAbove()
    {
        var above = session.Counts.Finished - limits.MaxJobs;
        if (above <= 0 && !IsTooLarge()) return false;
        var oldest = new List<StoredJob>();
        foreach (var end in PlaceKey.Ends) session.Jobs.ReadPlace(PlaceKey.OfFinished(end), long.MaxValue, Batch, oldest);
        oldest.Sort((a, b) => (PlaceKey.OrderOf(a.Job), a.Job.Sequence).CompareTo((PlaceKey.OrderOf(b.Job), b.Job.Sequence)));
        var count = (int)Math.Min(Batch, above > 0 ? above : Batch);
        if (oldest.Count > count) oldest.RemoveRange(count, oldest.Count - count);
        return Remove(oldest);
    }

    private bool IsTooLarge()
    {
        var used = (session.Connection.Scalar("PRAGMA page_count") - session.Connection.Scalar("PRAGMA freelist_count")) * StoreFile.PageSize;
        return used > (limits.MaxBytes ?? (long)((used + freeBytes) * 0.8));
    }

    private bool Remove(List<StoredJob> jobs)
    {
        foreach (var stored in jobs)
        {
            var job = stored.Job;
            session.Jobs.Delete(job.Sequence);
            session.Content.DropAll(job.Sequence);
            if (stored.Keyed) session.Keys.JobRemoved(job, _now);
            session.Counts.Add(job, session.Names.CodeOf(job.Queue), -1);
            session.Books.Removed++;
        }

        return jobs.Count == Batch;
    }

    /// <summary>Results have a life of their own: goes once through the succeeded jobs in the order of their end.</summary>
    private bool DropResults()
    {
        var cutoff = Cutoff(limits.Results);
        var rows = session.Connection.Reuse(
            "SELECT seq, place_order FROM jobs WHERE place=?1 AND (place_order, seq)>(?2, ?3) AND place_order<=?4 ORDER BY place_order, seq LIMIT ?5");
        rows.Bind(1, PlaceKey.OfFinished(JobStatus.Succeeded));
        rows.Bind(2, session.Books.SweptOrder);
        rows.Bind(3, session.Books.SweptJob);
        rows.Bind(4, cutoff);
        rows.Bind(5, Batch);
        var jobs = new List<(long Sequence, long Order)>();
        while (rows.Step()) jobs.Add((rows.Int64(0), rows.Int64(1)));
        rows.Reset();
        foreach (var (sequence, order) in jobs)
        {
            session.Jobs.DropResult(sequence);
            session.Content.DropChunks(sequence);
            session.Books.SweptOrder = order;
            session.Books.SweptJob = sequence;
        }

        return jobs.Count == Batch;
    }

    private bool DropEvents()
    {
        var minimum = session.Books.LastEvent - limits.MaxEvents;
        var delete = session.Connection.Reuse("DELETE FROM events WHERE first<=?1");
        var blocks = session.Connection.Reuse("SELECT first, count, at FROM events ORDER BY first LIMIT ?1");
        blocks.Bind(1, EventBatch);
        var cutoff = (_now - limits.Events).UtcTicks;
        long upTo = -1;
        var old = 0;
        while (blocks.Step() && (blocks.Int64(0) + blocks.Int64(1) - 1 <= minimum || blocks.Int64(2) <= cutoff))
        {
            upTo = blocks.Int64(0);
            old++;
        }

        blocks.Reset();
        if (old == 0) return false;
        delete.Bind(1, upTo);
        delete.Run();
        return old == EventBatch;
    }

    private long Cutoff(TimeSpan keep) => (_now - keep).ToUnixTimeMilliseconds();
}
