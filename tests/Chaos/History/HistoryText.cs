using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Molino.Chaos.Silo;

namespace Molino.Chaos;

/// <summary>Shows the shortest part of a history that concerns a violation, and writes down the whole.</summary>
internal static class HistoryText
{
    private const long Around = 2 * Moment.Second;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The violation, the job's lines, and the faults and processes around them. Times are seconds of the run.</summary>
    public static string Show(History history, Violation violation)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{violation.Promise} broken: {(violation.Job is null ? "" : violation.Job + " ")}{violation.Text}");
        var origin = history.Entries.Count > 0 ? history.Entries[0].At : 0;
        var own = history.Entries.Where(entry => violation.Job is { } job && IsAbout(entry, job, history)).ToList();
        var moments = own.Where(entry => entry is not (HistoryEntry.Logged or HistoryEntry.Seen { Final: true })).Select(entry => entry.At).DefaultIfEmpty(violation.At ?? origin).ToList();
        var (from, to) = (moments.Min() - Around, moments.Max() + Around);
        var faults = history.Faults.Where(span => span.Touches(from, to)).Select(span => span.Fault.Number).ToHashSet();
        var lines = own.Where(entry => entry is not HistoryEntry.Logged).Concat(history.Entries.Where(entry => entry switch
        {
            HistoryEntry.FaultBegan began => faults.Contains(began.Fault.Number),
            HistoryEntry.FaultEnded ended => faults.Contains(ended.Fault.Number),
            HistoryEntry.Launched or HistoryEntry.Gone or HistoryEntry.Healed => entry.At >= from && entry.At <= to,
            _ => false,
        }));
        HistoryEntry? before = null;
        foreach (var entry in lines.OrderBy(entry => entry.At))
        {
            if (entry is HistoryEntry.Seen seen && before is HistoryEntry.Seen same && (seen.Status, seen.Run, seen.Final) == (same.Status, same.Run, same.Final)) continue;
            before = entry;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Moment.Seconds(entry.At - origin),8:0.000}  {Line(entry, history)}");
        }

        if (violation.Job is { } id && history.Find(id) is { Logged.Count: > 0 } story)
            text.AppendLine("  event log: " + string.Join(", ", story.Logged.Select(logged => $"{logged.Number} {logged.Kind}" + (logged.Silo is null ? "" : $" ({logged.Silo})"))));
        return text.ToString();
    }

    /// <summary>Writes the whole history, an entry a line.</summary>
    public static async Task WriteAsync(History history, string path)
    {
        await using var file = new StreamWriter(path);
        foreach (var entry in history.Entries) await file.WriteLineAsync(JsonSerializer.Serialize(entry, Format));
    }

    private static bool IsAbout(HistoryEntry entry, string job, History history) => entry switch
    {
        HistoryEntry.Acknowledged acknowledged => acknowledged.Job == job,
        HistoryEntry.Sent sent => history.Find(job)!.Acknowledged.Exists(acknowledged => acknowledged.Key == sent.Key),
        HistoryEntry.CancelAsked asked => asked.Job == job,
        HistoryEntry.Worked worked => worked.Record.Job == job && worked.Record.Kind != WorkKind.Beat,
        HistoryEntry.Seen seen => seen.Job == job,
        HistoryEntry.Logged logged => logged.Job == job,
        _ => false,
    };

    private static string Line(HistoryEntry entry, History history) => entry switch
    {
        HistoryEntry.Sent sent => $"client sends {sent.Key} to silo {sent.Node} ({sent.Plan})",
        HistoryEntry.Acknowledged acknowledged => $"silo {acknowledged.Node} acknowledges {acknowledged.Key} as {acknowledged.Job}",
        HistoryEntry.CancelAsked asked => $"client asks silo {asked.Node} to cancel",
        HistoryEntry.Worked { Record: var record } =>
            $"silo {history.NodeOf(record.Process)} {(record.Kind == WorkKind.Start ? $"starts attempt {record.Attempt}, run {record.Run}" : $"ends run {record.Run}: {record.Outcome}")}",
        HistoryEntry.Seen seen => $"silo {seen.Node} answers: {(seen.Status is null ? $"unknown ({seen.Error})" : $"{seen.Status} {seen.Run} {seen.Error}")}{(seen.Final ? ", at the end" : "")}",
        HistoryEntry.Launched launched => $"-- silo {launched.Node} launched, process {launched.Process}",
        HistoryEntry.Gone gone => $"-- silo {gone.Node}, process {gone.Process}, has ended{(gone.ByItself ? " by itself" : "")}",
        HistoryEntry.FaultBegan began => $"-- begins: {began.Fault}",
        HistoryEntry.FaultEnded ended => $"-- over: {ended.Fault}",
        HistoryEntry.Healed healed => FormattableString.Invariant($"-- silo {healed.Node} is ready, {Moment.Seconds(healed.At - healed.RedisBackAt):0.00} s after Redis was back"),
        _ => entry.ToString(),
    };
}
