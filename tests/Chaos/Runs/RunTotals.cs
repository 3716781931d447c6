using System.Globalization;

namespace Molino.Chaos;

/// <summary>Several runs in one row, as docs/reliability.md has it.</summary>
internal static class RunTotals
{
    /// <summary>The row, with its head.</summary>
    public static string Of(IReadOnlyList<RunReport> reports) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        | runs | faults | jobs | lost | lost in the window | second outcomes | violations | recovery p50 / max | ready after Redis p50 / max |
        |---|---|---|---|---|---|---|---|---|
        | {reports.Count} ({reports[0].Plan.Seed} to {reports[^1].Plan.Seed}) | {Faults(reports)} | {reports.Sum(report => report.Jobs)} | {reports.Sum(report => report.Lost)} | {reports.Sum(report => report.LostInWindow)} | {reports.Sum(report => report.SecondOutcomes)} | {reports.Sum(report => report.Violations.Count)} | {RunReport.Spread([.. reports.SelectMany(report => report.Recoveries)])} | {RunReport.Spread([.. reports.SelectMany(report => report.Healings)])} |
        """);

    private static string Faults(IReadOnlyList<RunReport> reports) => string.Join(
        ", ",
        reports.SelectMany(report => report.Plan.Faults).GroupBy(fault => fault.Kind).OrderBy(kind => kind.Key).Select(kind => FormattableString.Invariant($"{kind.Count()} {kind.Key.ToString().ToLowerInvariant()}")));
}
