namespace Molino.Chaos;

/// <summary>P4: what a silo ran when it died, or went away for long, runs elsewhere within 10 s, if there is a free slot.</summary>
internal sealed class FastRecovery : IPromise
{
    private const string Name = "P4";

    public IEnumerable<Violation> Check(History history)
    {
        foreach (var (victim, next, span) in Recoveries(history))
        {
            var limit = span.From + Moment.Of(history.Limits.Recovery + history.Limits.Allowance);
            if ((next?.Start ?? long.MaxValue) <= limit || !IsFair(history, victim, next, span, limit)) continue;
            var when = next is null ? "never ran again" : FormattableString.Invariant($"ran again after {Moment.Seconds(next.Start - span.From):0.0} s");
            yield return new Violation(Name, $"run {victim.Name} was on silo {victim.Node} at fault #{span.Fault.Number} and {when}", victim.Job);
        }
    }

    /// <summary>Runs that a fault took away, each with the run that followed elsewhere, if any.</summary>
    public static IEnumerable<(Run Victim, Run? Next, FaultSpan Span)> Recoveries(History history)
    {
        foreach (var span in history.Faults.Where(span => TakesAway(history, span)))
        {
            foreach (var victim in history.Runs.Where(run => run.Node == span.Fault.Node && run.LivesAt(span.From) && !HadEnded(history, run, span.From)))
            {
                var job = history.Find(victim.Job)!;
                if (job.CancelAsked || job.Last?.Run == victim.Name || job.Last is { Status: null }) continue;
                yield return (victim, job.Runs.Find(run => run.Start > span.From && run.Silo != victim.Silo), span);
            }
        }
    }

    private static bool HadEnded(History history, Run run, long at) => history.EndOf(run.Process) < at;

    private static bool TakesAway(History history, FaultSpan span) => span.Fault.Kind switch
    {
        FaultKind.Kill => true,
        FaultKind.Pause or FaultKind.CutRedis => span.To - span.From >= Moment.Of(history.Limits.Recovery),
        _ => false,
    };

    /// <summary>Whether others could take the work: Redis was there, the machine kept up, another silo was well throughout and had a slot free at the end of the time, and no job waited before it.</summary>
    private static bool IsFair(History history, Run victim, Run? next, FaultSpan span, long limit)
    {
        if (!history.KeptUp(span.From, limit)) return false;
        if (history.RedisKills.Any(kill => kill.Touches(span.From, limit))) return false;
        var well = Enumerable.Range(1, FaultPlan.Silos)
            .Where(node => node != victim.Node && !history.Faults.Any(other => other.Touches(span.From, limit) && (other.Fault.Concerns(node) || other.Fault.Kind == FaultKind.Rolling)))
            .ToList();
        return history.Find(victim.Job)?.Plan is { } plan && well.Exists(node => IsFree(history, node, plan.Queue, limit)) && !IsQueued(history, plan, limit, next?.Start ?? long.MaxValue);
    }

    /// <summary>Whether a job of at least its priority waited for the same slots at that moment, and started before it.</summary>
    private static bool IsQueued(History history, JobPlan plan, long at, long next) => history.Jobs.Any(job =>
        job is { Plan: { DelayMilliseconds: 0 } other, Acknowledged: [var first, ..], Runs: [var run, ..] }
        && Slots.Of(other.Queue) == Slots.Of(plan.Queue) && other.Priority >= plan.Priority && first.At < at && run.Start > at && run.Start < next);

    private static bool IsFree(History history, int node, string queue, long at) =>
        history.Runs.Count(run => run.Node == node && run.LivesAt(at) && Slots.Of(history.Find(run.Job)?.Plan?.Queue ?? queue) == Slots.Of(queue)) < Slots.Of(queue);
}
