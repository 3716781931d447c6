using System.Text.Json;
using System.Text.Json.Serialization;
using Molino.Chaos.Silo;

namespace Molino.Chaos;

/// <summary>One run: starts a cluster, loads it, does the faults, waits until all is done, and checks what was written down.</summary>
internal static class ChaosRun
{
    private const string HistoryFile = "history.jsonl";

    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions JournalFormat = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="output">Folder for the files of the run; what a run without violations leaves there is deleted.</param>
    /// <param name="say">Takes lines for people.</param>
    public static async Task<RunReport> RunAsync(FaultPlan plan, string output, Action<string> say)
    {
        say(plan.ToString());
        var folder = Path.GetFullPath(Path.Combine(output, FormattableString.Invariant($"seed-{plan.Seed}")));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); // histories are appended to: a former run's would be read as this one's
        Directory.CreateDirectory(folder);
        var log = new HistoryLog();
        double settling;
        try
        {
            settling = await DoAsync(plan, folder, log);
        }
        catch
        {
            await HistoryText.WriteAsync(Read(plan, folder, log), Path.Combine(folder, HistoryFile));
            say($"The run could not be done. What happened until then and the silos' logs are in {folder}; the same again: --seed {plan.Seed}");
            throw;
        }

        var history = Read(plan, folder, log);
        var report = RunReport.Of(plan, history, Checker.Check(history), settling);
        await KeepAsync(report, history, folder, say);
        return report;
    }

    private static async Task<double> DoAsync(FaultPlan plan, string folder, HistoryLog log)
    {
        await using var cluster = await ChaosCluster.StartAsync(folder, plan, log);
        await using var machine = new MachineWatch(log);
        using var client = new JobClient(cluster.Nodes, log);
        using var stop = new CancellationTokenSource();
        var load = new Load(client, plan.Seed, stop.Token).RunAsync();
        var faults = new FaultRunner(cluster, log).RunAsync(plan);
        await Task.WhenAll(Task.Delay(plan.Length), faults);
        var ended = Moment.Now;
        await stop.CancelAsync();
        await cluster.BringUpTheFallenAsync();
        await load;
        await SettleAsync(client);
        var settling = Moment.Seconds(Moment.Now - ended);
        await cluster.BringUpTheFallenAsync();
        await LookAtAllAsync(client);
        await client.ReadEventsAsync(0);
        foreach (var silo in cluster.Nodes.SelectMany(node => node.Removed())) log.Add(new HistoryEntry.Removed(Moment.Now, silo));
        return settling;
    }

    /// <summary>Waits until no queue has anything to do; what is left after that is a violation that the check finds.</summary>
    private static async Task SettleAsync(JobClient client)
    {
        using var limit = new CancellationTokenSource(LongestSettling);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var node = 0; !limit.IsCancellationRequested && !await client.IsIdleAsync(node); node = (node + 1) % FaultPlan.Silos)
            await timer.WaitForNextTickAsync(CancellationToken.None);
    }

    private static Task LookAtAllAsync(JobClient client) => Parallel.ForEachAsync(
        client.Jobs.Distinct(StringComparer.Ordinal).SelectMany(job => Enumerable.Range(0, FaultPlan.Silos).Select(node => (job, node))),
        new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (look, _) => await client.ReadAsync(look.job, look.node, final: true));

    private static History Read(FaultPlan plan, string folder, HistoryLog log) => new(log.Entries.Concat(ReadJournals(folder)), CheckLimits.For(plan.FsyncAlways));

    private static IEnumerable<HistoryEntry> ReadJournals(string folder) => Directory
        .EnumerateFiles(folder, "journal-*.jsonl", SearchOption.AllDirectories)
        .SelectMany(File.ReadLines)
        .Select(line => new HistoryEntry.Worked(JsonSerializer.Deserialize<WorkRecord>(line, JournalFormat)!));

    private static async Task KeepAsync(RunReport report, History history, string folder, Action<string> say)
    {
        if (report.Violations.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            var path = Path.Combine(folder, HistoryFile);
            await HistoryText.WriteAsync(history, path);
            foreach (var kind in report.Violations.GroupBy(violation => violation.Promise, StringComparer.Ordinal))
            {
                foreach (var violation in kind.Take(3)) say(HistoryText.Show(history, violation));
                if (kind.Count() > 3) say(FormattableString.Invariant($"... and {kind.Count() - 3} more of {kind.Key}"));
            }

            say($"The whole history and the silos' logs are in {folder}; the same again: --seed {report.Plan.Seed}");
        }

        say(report.ToString());
    }
}
