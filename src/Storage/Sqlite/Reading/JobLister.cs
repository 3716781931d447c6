using Molino.Core;
using Molino.Storage.Listing;
using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>Lists jobs, newest first. A filter looks at a bounded number of rows a page.</summary>
internal sealed class JobLister(StoreReader reader, JobFilter filter, StoreIdentity identity)
{
    /// <summary>Rows that one page may look at.</summary>
    public const int MaxScan = 20_000;

    private const string Columns = "seq, id, last_event, keyed, state, spec";

    private readonly List<Job> _items = [];
    private readonly int _limit = Math.Clamp(filter.Limit, 1, JobFilter.MaxLimit);

    /// <summary>Makes a page.</summary>
    /// <param name="before">Only jobs of a lower sequence.</param>
    public JobPage List(long before) => filter.Status is { } status && PlacesOf(status) is { } places ? ListPlaces(places, before) : Scan(before);

    private JobPage Scan(long before)
    {
        var rows = reader.Statement($"SELECT {Columns} FROM jobs WHERE seq<?1 ORDER BY seq DESC LIMIT {MaxScan + 1}");
        rows.Bind(1, before);
        string? next = null;
        long last = 0;
        for (var scanned = 0; rows.Step(); scanned++)
        {
            if (_items.Count == _limit || scanned == MaxScan)
            {
                next = ListCursor.Write(last, identity);
                break;
            }

            last = rows.Int64(0);
            var job = reader.Jobs.Read(rows, withResult: false).Job;
            if (filter.Fits(job)) Add(job);
        }

        rows.Reset();
        return new JobPage(_items, next);
    }

    /// <summary>The places of a state, when all its jobs are few enough to look at; else null.</summary>
    private List<long>? PlacesOf(JobStatus status)
    {
        long jobs = 0;
        var queues = new HashSet<int>();
        var rows = reader.Statement("SELECT cell, jobs FROM counts WHERE jobs>0");
        while (rows.Step())
        {
            var (queue, cell) = CountTable.Split(rows.Int64(0));
            var counted = CountTable.Meaning(cell).Status;
            if (counted != (int)status && !(status == JobStatus.Failed && counted == CountTable.Archived)) continue;
            jobs += rows.Int64(1);
            queues.Add(queue);
        }

        rows.Reset();
        return jobs > MaxScan ? null : PlacesOf(status, queues);
    }

    private List<long> PlacesOf(JobStatus status, HashSet<int> queues)
    {
        if (status.IsTerminal()) return [PlaceKey.OfFinished(status)];
        var places = new List<long>();
        if (status == JobStatus.Running)
        {
            for (var silo = 1; silo <= reader.Names.Last; silo++) places.AddRange([PlaceKey.OfRunning(silo), PlaceKey.OfRunningSuspect(silo)]);
            return places;
        }

        foreach (var queue in queues)
        {
            if (status == JobStatus.Waiting) places.Add(PlaceKey.OfWaiting(queue));
            if (status == JobStatus.Scheduled) places.Add(PlaceKey.OfScheduled(queue));
            if (status != JobStatus.Queued) continue;
            for (var priority = JobPriority.Lowest; priority <= JobPriority.Highest; priority++)
                places.AddRange([PlaceKey.OfReady(queue, priority), PlaceKey.OfReadySuspect(queue, priority)]);
        }

        return places;
    }

    private JobPage ListPlaces(List<long> places, long before)
    {
        var sequences = new List<long>();
        var rows = reader.Statement("SELECT seq FROM jobs WHERE place=?1");
        foreach (var place in places)
        {
            rows.Bind(1, place);
            while (rows.Step())
            {
                if (rows.Int64(0) < before) sequences.Add(rows.Int64(0));
            }

            rows.Reset();
        }

        sequences.Sort((a, b) => b.CompareTo(a));
        long last = 0;
        foreach (var sequence in sequences)
        {
            if (_items.Count == _limit) return new JobPage(_items, ListCursor.Write(last, identity));
            last = sequence;
            if (reader.Jobs.Find(sequence) is { } found && filter.Fits(found.Job)) Add(found.Job);
        }

        return new JobPage(_items, null);
    }

    private void Add(Job job) => _items.Add(job.Result is null ? job : job with { Result = null });
}
