using System.Collections.Concurrent;
using Molino.Storage.Moving;

namespace Molino.Conformance.Stores;

/// <summary>A store is read while others submit, lease, end and sweep: every job of before is there once, in a state that it really had, with its events.</summary>
public abstract class MovingUnderLoadConformance : StoreSuite
{
    [Fact]
    public async Task Export_WhileJobsAreSubmittedAndRun_IsTrueJobByJob()
    {
        var seen = new StateBook();
        using var observing = Jobs.Observe(seen);
        var before = await SubmitManyAsync(6000);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var rounds = new SemaphoreSlim(0);
        var work = WorkAsync(rounds, stop.Token);
        await rounds.WaitAsync(Stop);

        await using var target = CreateHarness();
        target.Time.Advance(Now - target.Time.Now);
        var items = new List<StoreItem>();
        await foreach (var item in Harness.Export.ReadAsync(Stop))
        {
            items.Add(item);
            if (items.Count == 1) await GoOnAsync(rounds); // the head is read: what happens from now on happens during the export
        }

        await stop.CancelAsync();
        var changes = await work;

        var jobs = items.OfType<StoreItem.StoredJob>().Select(item => item.Job).ToList();
        jobs.Select(job => job.Id).Distinct().Count().ShouldBe(jobs.Count);
        before.Select(job => job.Id).Except(jobs.Select(job => job.Id)).ShouldBeEmpty();
        foreach (var job in jobs) seen.Has(job).ShouldBeTrue($"job {job.Id} never was version {job.Version}, {job.Status}");
        var cut = ((StoreItem.Head)items[0]).LastEvent;
        items.OfType<StoreItem.Event>().Count(item => item.Record.Cursor.Sequence > cut).ShouldBeGreaterThan(0, $"nothing happened during the export; {changes} changes in all");

        await Importing.RunAsync(items.ToAsyncEnumerable(), target, Stop);
        var moved = await target.OpenAsync("silo-9/1");
        await CheckAsync(moved, jobs);
    }

    /// <summary>Counters, and each job's events: exactly those up to its version.</summary>
    private static async Task CheckAsync(StoreFaces moved, List<Job> jobs)
    {
        var totals = await moved.Jobs.TotalsAsync(Stop);
        (totals.Live + totals.Finished).ShouldBe(jobs.Count);
        totals.Accepted.ShouldBe(totals.Live + totals.Finished + totals.Removed);
        var versions = jobs.ToDictionary(job => job.Id, _ => 0);
        var cursor = EventCursor.Start;
        while (await moved.Events.ReadAsync(cursor, 1000, null, Stop) is { Events.Count: > 0 } page)
        {
            foreach (var item in page.Events)
            {
                item.Version.ShouldBe(versions[item.Job] + 1, $"events of job {item.Job}");
                versions[item.Job] = item.Version;
            }

            cursor = page.Next;
        }

        foreach (var job in jobs) versions[job.Id].ShouldBe(job.Version, $"events of job {job.Id}");
        foreach (var job in jobs.Where(job => job.Version > 1).Take(50))
            (await moved.Events.ReadAsync(EventCursor.Start, 100, job.Id, Stop)).Events.Select(item => item.Version).ShouldBe(Enumerable.Range(1, job.Version));
    }

    /// <summary>Waits for a round that begins after this.</summary>
    private static async Task GoOnAsync(SemaphoreSlim rounds)
    {
        for (var round = rounds.CurrentCount + 2; round > 0; round--) await rounds.WaitAsync(Stop);
    }

    private async Task<int> WorkAsync(SemaphoreSlim rounds, CancellationToken stop)
    {
        var changes = 0;
        List<Job> running = [];
        while (!stop.IsCancellationRequested)
        {
            await SubmitManyAsync(20, (spec, i) => spec with { IdempotencyKey = i == 0 ? spec.Id.ToString() : null });
            var ends = running.ConvertAll(job => Succeed(job)).ToArray();
            running = [.. (await LeaseRawAsync(60, completions: ends)).Jobs];
            changes += 20 + ends.Length + running.Count;
            rounds.Release();
        }

        return changes;
    }

    /// <summary>Every state that a commit gave a job.</summary>
    private sealed class StateBook : ICommitObserver
    {
        private readonly ConcurrentDictionary<(JobId, int), (JobStatus Status, LeaseToken Token)> _states = new();

        public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
        {
            foreach (var change in changes) _states[(change.Job.Id, change.Job.Version)] = (change.Job.Status, change.Job.Token);
        }

        public bool Has(Job job) => _states.TryGetValue((job.Id, job.Version), out var state) && state == (job.Status, job.Token);
    }
}
