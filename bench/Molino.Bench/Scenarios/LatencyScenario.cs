namespace Molino.Bench;

/// <summary>From the submit to the result in hand, in one call that waits: one at a time, then open loop at 200/s.</summary>
internal sealed class LatencyScenario : IScenario
{
    private const double Rate = 200;

    public string Name => "latency";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        await RoundTrips.OneAtATimeAsync(silo.Client, 20); // as the peers' harness does
        var cold = await RoundTrips.OneAtATimeAsync(silo.Client, context.Count(500));
        context.Report.AddSpread("latency.idle.cold", cold, "ms", "the 21st to 520th job of the process, one at a time");
        await RoundTrips.OneAtATimeAsync(silo.Client, context.Count(3000));
        context.Report.AddSpread("latency.idle", await RoundTrips.OneAtATimeAsync(silo.Client, context.Count(500)), "ms", "after 3,000 jobs, one at a time");
        await RoundTrips.OpenLoopAsync(silo.Client, Rate, TimeSpan.FromSeconds(1));
        var span = context.Span(10);
        var (cpu, switches) = (ProcessFacts.CpuSeconds(silo.Pid), ProcessFacts.ContextSwitches(silo.Pid));
        var samples = await RoundTrips.OpenLoopAsync(silo.Client, Rate, span);
        context.Report.Add("latency.200ps.cpu", (ProcessFacts.CpuSeconds(silo.Pid) - cpu) * 1000 / samples.Count, "ms/job", "CPU of the silo");
        context.Report.Add("latency.200ps.switches", (ProcessFacts.ContextSwitches(silo.Pid) - switches) / (double)samples.Count, "/job", "times a thread of the silo left its core");
        context.Report.AddSpread("latency.200ps", samples, "ms", "open loop, from the planned send time");
        context.Report.Add("latency.200ps.missing", (int)(Rate * span.TotalSeconds) - samples.Count, "jobs");
    }
}
