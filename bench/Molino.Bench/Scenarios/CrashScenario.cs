using System.Diagnostics;
using System.Globalization;
using Molino.Client;
using Molino.Core;

namespace Molino.Bench;

/// <summary>SIGKILL with 200 of 1,000 jobs of half a second running, some done and some waiting; then the silo is started again.</summary>
internal sealed class CrashScenario : IScenario
{
    private const int Slots = 200;
    private const double Seconds = 0.5;

    public string Name => "crash";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync(Slots);
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(20);
        var ids = await SubmitAsync(silo.Client, Slots * 5);
        while (await meter.UnfinishedAsync() > Slots * 4 || await meter.RunningAsync() < Slots) await Task.Delay(5);
        await Task.Delay(200);
        var finished = (await Sleepers.ListAsync(silo.Client, JobStatus.Succeeded)).ToDictionary(job => job.Id);
        var running = (await Sleepers.ListAsync(silo.Client, JobStatus.Running)).Count;
        await silo.KillAsync();
        var started = Stopwatch.GetTimestamp();
        silo.Restart();
        await silo.UntilReadyAsync();
        context.Report.Add("crash.ready", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "from the start of the process");
        while (await meter.RunningAsync() == 0 && await meter.UnfinishedAsync() > 0) await Task.Delay(1);
        context.Report.Add("crash.running_again", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", $"killed with {running} running");
        while (await meter.UnfinishedAsync() > 0 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1)) await Task.Delay(10);
        context.Report.Add("crash.all_done", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "the work left takes 2 s at least");
        var done = await Sleepers.ListAsync(silo.Client, JobStatus.Succeeded);
        context.Report.Add("crash.never_done", ids.Count - done.Count, "jobs", $"of {ids.Count}");
        context.Report.Add("crash.run_again", done.Count(job => job.Epoch > 1), "jobs", "those that were cut");
        context.Report.Add("crash.finished_run_again", done.Count(job => finished.TryGetValue(job.Id, out var before) && before.Epoch != job.Epoch), "jobs");
    }

    private static async Task<IReadOnlyList<JobId>> SubmitAsync(MolinoClient client, int count)
    {
        var args = RawJson.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"seconds\":{Seconds}}}"));
        return await client.Transport.SubmitBatchAsync([.. Enumerable.Range(0, count).Select(_ => new JobSubmission { Type = "sleep", Args = args })], CancellationToken.None);
    }
}
