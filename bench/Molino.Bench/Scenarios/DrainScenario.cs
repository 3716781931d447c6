namespace Molino.Bench;

/// <summary>20,000 jobs queued while the queue is paused, then resumed: first on a silo just started, then warm.</summary>
internal sealed class DrainScenario : IScenario
{
    private const int WarmRounds = 3;

    public string Name => "drain";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        var jobs = context.Count(20_000);
        await meter.WarmUpAsync(1);
        var cold = await RoundAsync(silo, meter, jobs);
        context.Report.Add("drain.20k.cold", cold, "jobs/s", "the first jobs that this process runs");
        for (var round = 0; round < WarmRounds; round++)
        {
            var cpu = ProcessFacts.CpuSeconds(silo.Pid);
            context.Report.Add("drain.20k", await RoundAsync(silo, meter, jobs), "jobs/s", $"{jobs} jobs, concurrency 100");
            context.Report.Add("drain.20k.cpu", (ProcessFacts.CpuSeconds(silo.Pid) - cpu) / jobs * 1e6, "us/job", "CPU of the silo for filling, running and storing");
        }
    }

    private static async Task<double> RoundAsync(SiloProcess silo, QueueMeter meter, int jobs)
    {
        await meter.PauseAsync();
        await NoopJobs.SubmitBatchesAsync(silo.Client, jobs);
        return await meter.DrainAsync(jobs);
    }
}
