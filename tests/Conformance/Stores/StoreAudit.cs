namespace Molino.Conformance.Stores;

/// <summary>Recounts a store: its counters, books and event log must say the same as its jobs.</summary>
public static class StoreAudit
{
    /// <summary>Checks a store whose jobs and events are all kept.</summary>
    /// <returns>All jobs by id.</returns>
    public static async Task<Dictionary<JobId, Job>> CheckAsync(IJobStore store, IEventLog events, CancellationToken stop)
    {
        var jobs = await ReadAllAsync(store, stop);
        await CheckCountsAsync(store, jobs, stop);
        await CheckEventsAsync(events, jobs, stop);
        return jobs;
    }

    private static async Task<Dictionary<JobId, Job>> ReadAllAsync(IJobStore store, CancellationToken stop)
    {
        var jobs = new Dictionary<JobId, Job>();
        string? cursor = null;
        do
        {
            var page = await store.ListAsync(new JobFilter { Limit = JobFilter.MaxLimit, IncludeArchived = true, Cursor = cursor }, stop);
            foreach (var job in page.Items) jobs.Add(job.Id, job);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return jobs;
    }

    private static async Task CheckCountsAsync(IJobStore store, Dictionary<JobId, Job> jobs, CancellationToken stop)
    {
        var totals = await store.TotalsAsync(stop);
        totals.Live.ShouldBe(jobs.Values.Count(job => !job.Status.IsTerminal()));
        totals.Finished.ShouldBe(jobs.Values.Count(job => job.Status.IsTerminal()));
        totals.Accepted.ShouldBe(totals.Live + totals.Finished + totals.Removed);
        foreach (var counts in await store.QueuesAsync(stop))
        {
            var mine = jobs.Values.Where(job => string.Equals(job.Queue, counts.Name, StringComparison.Ordinal)).ToList();
            var found = $"{counts.Waiting} {counts.Scheduled} {counts.Queued} {counts.Running} {counts.Failed} [{string.Join(' ', counts.QueuedByPriority)}]";
            var queued = mine.Where(job => job.Status == JobStatus.Queued).ToList();
            var byPriority = Enumerable.Range(0, 11).Select(priority => queued.Count(job => job.Priority == priority));
            found.ShouldBe(
                $"{Count(mine, JobStatus.Waiting)} {Count(mine, JobStatus.Scheduled)} {queued.Count} {Count(mine, JobStatus.Running)} "
                + $"{mine.Count(job => job is { Status: JobStatus.Failed, Archived: false })} [{string.Join(' ', byPriority)}]",
                counts.Name);
            counts.OldestQueuedAt.ShouldBe(queued.MinBy(job => job.Sequence)?.Spec.CreatedAt, counts.Name);
            counts.NextDueAt.ShouldBe(mine.Where(job => job.Status == JobStatus.Scheduled).Min(job => job.DueAt), counts.Name);
        }

        (await store.QueuesAsync(stop)).Sum(counts => counts.Queued).ShouldBe(jobs.Values.Count(job => job.Status == JobStatus.Queued));
    }

    private static async Task CheckEventsAsync(IEventLog events, Dictionary<JobId, Job> jobs, CancellationToken stop)
    {
        var versions = new Dictionary<JobId, int>();
        var statuses = new Dictionary<JobId, JobStatus>();
        var cursor = EventCursor.Start;
        long expected = 1;
        while (await events.ReadAsync(cursor, 1000, null, stop) is { Events.Count: > 0 } page)
        {
            page.Reset.ShouldBeFalse();
            foreach (var item in page.Events)
            {
                item.Cursor.Sequence.ShouldBe(expected++);
                var version = versions.GetValueOrDefault(item.Job) + 1;
                item.Version.ShouldBe(version, $"events of job {item.Job}");
                versions[item.Job] = version;
                statuses[item.Job] = item.Status;
            }

            cursor = page.Next;
        }

        events.Head.Sequence.ShouldBe(expected - 1);
        foreach (var job in jobs.Values)
        {
            versions.GetValueOrDefault(job.Id).ShouldBe(job.Version, $"events of job {job.Id}");
            statuses[job.Id].ShouldBe(job.Status);
        }
    }

    private static int Count(List<Job> jobs, JobStatus status) => jobs.Count(job => job.Status == status);
}
