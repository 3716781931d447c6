using System.Globalization;
using System.Text;

namespace Molino.Bench;

/// <summary>Measurements beside their targets, as a Markdown table.</summary>
internal static class ResultTable
{
    private const double NoisyAbove = 0.3;

    private static readonly string[] Heads = ["metric", "value", "unit", "target", "verdict"];

    /// <summary>Formats.</summary>
    public static string Format(IReadOnlyList<Measurement> measurements)
    {
        var rows = new List<string[]> { Heads };
        foreach (var group in measurements.GroupBy(one => one.Metric))
        {
            var value = Samples.Median([.. group.Select(one => one.Value)]);
            var noisy = group.Any(one => one.OtherCores > NoisyAbove) ? "*" : "";
            var target = Targets.Of(group.Key);
            rows.Add([group.Key, Shorten(value) + noisy, group.First().Unit, target?.ToString() ?? "", target is null ? "" : target.IsMet(value) ? "met" : "missed"]);
        }

        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append('|');
            for (var column = 0; column < widths.Length; column++)
                text.Append(' ').Append(column == 1 ? rows[i][column].PadLeft(widths[column]) : rows[i][column].PadRight(widths[column])).Append(" |");
            text.AppendLine();
            if (i == 0) text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).AppendLine("|");
        }

        return text.AppendLine("* other processes used over 0.3 of a core meanwhile: preliminary").ToString();
    }

    private static string Shorten(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
