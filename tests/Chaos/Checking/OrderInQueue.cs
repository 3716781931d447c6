using Molino.Core;

namespace Molino.Chaos;

/// <summary>
/// P5: a lease never overtakes a ready job of higher priority, or of the same that was accepted earlier. Checked exactly in the event log, whose order is that of the
/// commits; and against the workers' own clocks in quiet times, so that the log is not its own judge.
/// </summary>
internal sealed class OrderInQueue : IPromise
{
    private const string Name = "P5";
    private const long InFlight = 2 * Moment.Second;

    /// <summary>After so many lost leases a job is a suspect, which waits for its turn apart.</summary>
    private const int LossesOfSuspect = 2;

    public IEnumerable<Violation> Check(History history) => CheckLog(history).Concat(CheckStarts(history));

    private static IEnumerable<Violation> CheckLog(History history)
    {
        var ready = new Dictionary<string, SortedSet<(int Rank, int Place, string Job)>>(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var losses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var logged in history.Logged)
        {
            var place = places.TryAdd(logged.Job, places.Count) ? places.Count - 1 : places[logged.Job];
            if (logged.Kind == JobEventKind.LeaseLost) losses[logged.Job] = losses.GetValueOrDefault(logged.Job) + 1;
            if (history.Find(logged.Job)?.Plan is not { } plan || losses.GetValueOrDefault(logged.Job) >= LossesOfSuspect) continue;
            if (!ready.TryGetValue(logged.Queue, out var queue)) ready[logged.Queue] = queue = [];
            var entry = (-plan.Priority, place, logged.Job);
            queue.Remove(entry);
            if (logged.Status == JobStatus.Queued) queue.Add(entry);
            else if (logged.Kind == JobEventKind.Leased && queue.Count > 0 && queue.Min.CompareTo(entry) < 0)
                yield return new Violation(Name, $"was leased (event {logged.Number}, priority {plan.Priority}) before {queue.Min.Job} (priority {-queue.Min.Rank}), which was ready and first", logged.Job);
        }
    }

    private static IEnumerable<Violation> CheckStarts(History history)
    {
        var waiting = history.Jobs
            .Where(job => job is { Plan.Queue: JobPlan.OrderedQueue, Acknowledged.Count: > 0, Runs.Count: > 0 })
            .Select(job => (Job: job, Ready: job.Acknowledged[0].At + InFlight, Start: job.Runs[0].Start))
            .Where(job => job.Start > job.Ready)
            .ToList();
        foreach (var run in history.Runs.Where(run => history.Find(run.Job) is { Plan.Queue: JobPlan.OrderedQueue } job && job.Runs[0] == run))
        {
            var priority = history.Find(run.Job)!.Plan!.Priority;
            var first = waiting.Find(job => job.Ready < run.Start && job.Start > run.Start + InFlight && job.Job.Plan!.Priority > priority && IsQuiet(history, job.Job, run));
            if (first.Job is not null)
                yield return new Violation(Name, $"started with priority {priority} while {first.Job.Job} (priority {first.Job.Plan!.Priority}) had been ready for more than 2 s", run.Job);
        }
    }

    private static bool IsQuiet(History history, JobStory job, Run run) => !history.Faults.Any(span => span.Touches(job.Acknowledged[0].SentAt, run.Start));
}
