namespace Molino.Chaos;

/// <summary>P8: silos are ready again soon after Redis is, none ends by itself while Redis can be reached, and whoever submits is told nothing worse than to try again.</summary>
internal sealed class HealsByItself : IPromise
{
    private const string Name = "P8";
    private const int TryAgain = 503;

    public IEnumerable<Violation> Check(History history)
    {
        foreach (var healed in history.Entries.OfType<HistoryEntry.Healed>())
        {
            var took = healed.At - healed.RedisBackAt;
            var troubled = history.Faults.Any(span => span.Touches(healed.RedisBackAt - Moment.Second, healed.At)
                && (span.Fault.Concerns(healed.Node) || span.Fault.Kind == FaultKind.Rolling || (span.Fault.Kind == FaultKind.Redis && span.From > healed.RedisBackAt)));
            if (took > Moment.Of(history.Limits.Healing) && !troubled && history.KeptUp(healed.RedisBackAt, healed.At))
                yield return new Violation(Name, FormattableString.Invariant($"silo {healed.Node} was ready {Moment.Seconds(took):0.0} s after Redis was back"), At: healed.At);
        }

        foreach (var refused in history.Entries.OfType<HistoryEntry.Unanswered>().Where(unanswered => unanswered.Status is not (0 or TryAgain)))
            yield return new Violation(Name, $"silo {refused.Node} answered the submit of {refused.Key} with {refused.Status}: {refused.Why}", At: refused.At);

        foreach (var gone in history.Entries.OfType<HistoryEntry.Gone>().Where(gone => gone.ByItself))
        {
            var launched = history.Entries.OfType<HistoryEntry.Launched>().Last(launched => launched.Process == gone.Process).At;
            var excused = history.Faults.Any(span => span.Touches(launched - Moment.Second, gone.At)
                && (span.Fault.Kind == FaultKind.Redis || (span.Fault.Kind == FaultKind.CutRedis && span.Fault.Node == gone.Node)));
            if (!excused) yield return new Violation(Name, $"silo {gone.Node} ended by itself although Redis could be reached", At: gone.At);
        }
    }
}
