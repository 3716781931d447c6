namespace Molino.Bench;

/// <summary>The silo's resident memory and CPU: idle, and at most while 100,000 jobs drain.</summary>
internal sealed class MemoryScenario : IScenario
{
    public string Name => "memory";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(20);
        var settle = context.Span(60); // what runs once a second reaches the compiler's thirty calls only after half a minute
        await Task.Delay(settle);
        context.Report.Add("memory.idle_rss", ProcessFacts.ResidentMib(silo.Pid), "MiB", $"after 20 jobs and {settle.TotalSeconds:0} s");
        var span = context.Span(20);
        var cpu = ProcessFacts.CpuSeconds(silo.Pid);
        await Task.Delay(span);
        context.Report.Add("memory.idle_cpu", (ProcessFacts.CpuSeconds(silo.Pid) - cpu) / span.TotalSeconds * 100, "% core", $"over {span.TotalSeconds:0} s");
        await meter.PauseAsync();
        var jobs = context.Count(100_000);
        await NoopJobs.SubmitBatchesAsync(silo.Client, jobs);
        await meter.DrainAsync(jobs);
        context.Report.Add("memory.peak_rss", ProcessFacts.PeakResidentMib(silo.Pid), "MiB", $"{jobs} jobs filled and drained");
    }
}
