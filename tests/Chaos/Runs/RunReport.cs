using System.Globalization;

namespace Molino.Chaos;

/// <summary>What a run came to.</summary>
internal sealed record RunReport(FaultPlan Plan, IReadOnlyList<Violation> Violations)
{
    public required int Jobs { get; init; }

    public required int Runs { get; init; }

    public required int Events { get; init; }

    /// <summary>Acknowledged jobs that are gone although no killed Redis excuses it.</summary>
    public required int Lost { get; init; }

    /// <summary>Acknowledged jobs that are gone with a killed Redis, in the stated window.</summary>
    public required int LostInWindow { get; init; }

    /// <summary>Seconds from a silo's death, or its going away, to the next start of what it ran.</summary>
    public required IReadOnlyList<double> Recoveries { get; init; }

    /// <summary>Seconds from Redis' return to a silo's being ready.</summary>
    public required IReadOnlyList<double> Healings { get; init; }

    /// <summary>Seconds from Redis' return to the next start of a job on a silo.</summary>
    public required IReadOnlyList<double> Resumptions { get; init; }

    /// <summary>Seconds from the end of the load until all jobs were finished.</summary>
    public required double Settling { get; init; }

    /// <summary>Silos that were removed although no fault had touched them.</summary>
    public required int RemovedWithoutFault { get; init; }

    /// <summary>Seconds by which a timer of the run's own was late in all: how little the machine kept up.</summary>
    public required double Stalled { get; init; }

    /// <summary>Jobs that broke P2.</summary>
    public int SecondOutcomes => Violations.Count(violation => violation.Promise == "P2");

    /// <summary>Reads the numbers off a history.</summary>
    public static RunReport Of(FaultPlan plan, History history, IReadOnlyList<Violation> violations, double settling) => new(plan, violations)
    {
        Jobs = history.Jobs.Count(job => job.Acknowledged.Count > 0),
        Runs = history.Runs.Count,
        Events = history.Logged.Count,
        Lost = history.Jobs.Count(job => job.Acknowledged.Count > 0 && job.Last?.Status is null && !NothingIsLost.IsLostInWindow(history, job)),
        LostInWindow = history.Jobs.Count(job => NothingIsLost.IsLostInWindow(history, job)),
        Recoveries = [.. FastRecovery.Recoveries(history).Where(recovery => recovery.Next is not null).Select(recovery => Moment.Seconds(recovery.Next!.Start - recovery.Span.From))],
        Healings = [.. history.Entries.OfType<HistoryEntry.Healed>().Select(healed => Moment.Seconds(healed.At - healed.RedisBackAt))],
        Resumptions = [.. history.RedisKills.SelectMany(kill => history.Runs.Where(run => run.Start > kill.To).GroupBy(run => run.Node).Select(runs => Moment.Seconds(runs.First().Start - kill.To)))],
        RemovedWithoutFault = history.RemovedWithoutFault.Count(),
        Stalled = Moment.Seconds(history.Entries.OfType<HistoryEntry.Stalled>().Sum(stalled => stalled.Late)),
        Settling = settling,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Plan.Seed}: {Plan.Faults.Count} faults, {Jobs} jobs, {Runs} runs, {Events} events; {Lost} lost, {LostInWindow} in the window, {SecondOutcomes} second outcomes, {Violations.Count} violations; recovery {Spread(Recoveries)}, ready after Redis {Spread(Healings)}, working after Redis {Spread(Resumptions)}; settled in {Settling:0.0} s; {RemovedWithoutFault} silos removed without a fault, machine late by {Stalled:0.0} s in all");

    /// <summary>Median, greatest and number.</summary>
    public static string Spread(IReadOnlyCollection<double> values) => values.Count == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{values.Order().ElementAt(values.Count / 2):0.0}/{values.Max():0.0} s ({values.Count})");
}
