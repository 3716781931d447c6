namespace Molino.Chaos;

/// <summary>P3: a handler starts again only when the run before failed or was stopped, its silo died, was removed or was away for long, or Redis lost that it ran.</summary>
internal sealed class NoNeedlessRepeat : IPromise
{
    private const string Name = "P3";

    public IEnumerable<Violation> Check(History history)
    {
        foreach (var job in history.Jobs)
        {
            for (var i = 1; i < job.Runs.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (Fault(history, job.Runs[j], job.Runs[i]) is { } fault) yield return new Violation(Name, fault, job.Job);
                }
            }

            foreach (var run in job.Runs.Where(run => StartedAfterTheEnd(history, job, run)))
                yield return new Violation(Name, $"run {run.Name} started after the job had been seen {job.FirstEnd!.Status}", job.Job);
        }
    }

    private static string? Fault(History history, Run before, Run after)
    {
        if (before.End < after.Start && !before.IsOk) return null;
        if (history.WasRemoved(before.Silo) || history.WasAway(before.Node, before.Start, after.Start) || history.EndOf(before.Process) < after.Start) return null;
        if (LostWithRedis(history, before, after)) return null;
        return before.End < after.Start
            ? $"run {after.Name} started although run {before.Name} had ended well on a silo that was never away"
            : $"run {after.Name} started while run {before.Name} went on, on a silo that was never away";
    }

    /// <summary>Whether Redis was killed between the two, and the start or the end of the first may not have been on disk. A worker sees both at other moments than Redis does.</summary>
    private static bool LostWithRedis(History history, Run before, Run after)
    {
        if (history.Limits.LossWindow == TimeSpan.Zero) return false;
        var window = Moment.Of(history.Limits.LossWindow + TimeSpan.FromSeconds(1));
        return history.RedisKills.Any(kill => kill.From < after.Start && (IsNear(before.Start, kill.From) || (before.End is { } end && IsNear(end, kill.From))));

        bool IsNear(long moment, long kill) => moment >= kill - window && moment <= kill + Moment.Second;
    }

    /// <summary>A silo that was away looks its leases up before it starts what it had leased. One that was removed without being away may not have noticed yet.</summary>
    private static bool StartedAfterTheEnd(History history, JobStory job, Run run) =>
        job.FirstEnd is { } end && run.Start > end.At && !history.MayBeLost(end.SentAt, end.At)
        && (!history.WasRemoved(run.Silo) || history.WasAway(run.Node, job.Acknowledged.FirstOrDefault()?.SentAt ?? 0, run.Start));
}
