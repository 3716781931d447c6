using System.Diagnostics;
using System.Globalization;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Durable submits while nothing is dispatched: one by one, by one producer and by 16, and in batches of 1,000.</summary>
internal sealed class SubmitScenario : IScenario
{
    public string Name => "submit";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(context.Count(2000));
        await meter.PauseAsync();
        await NoopJobs.SubmitEachAsync(silo.Client, context.Count(3000));
        await MeasureAsync(context, silo, "submit.one", 1, context.Count(20_000), NoopJobs.SubmitEachAsync);
        await MeasureAsync(context, silo, "submit.one", 16, context.Count(40_000), NoopJobs.SubmitEachAsync);
        await NoopJobs.SubmitBatchesAsync(silo.Client, context.Count(50_000));
        await MeasureAsync(context, silo, "submit.batch", 1, context.Count(200_000), NoopJobs.SubmitBatchesAsync);
        await MeasureAsync(context, silo, "submit.batch", 4, context.Count(200_000), NoopJobs.SubmitBatchesAsync);
    }

    private static async Task MeasureAsync(BenchContext context, SiloProcess silo, string metric, int producers, int jobs, Func<MolinoClient, int, Task> submitAsync)
    {
        var each = jobs / producers;
        var (siloCpu, clientCpu) = (ProcessFacts.CpuSeconds(silo.Pid), ProcessFacts.CpuSeconds(Environment.ProcessId));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => submitAsync(silo.Client, each)));
        var rate = (long)each * producers / Stopwatch.GetElapsedTime(started).TotalSeconds;
        context.Report.Add(string.Create(CultureInfo.InvariantCulture, $"{metric}.{producers}"), rate, "jobs/s", $"{producers} producers, {context.Transport}, {jobs} jobs");
        if (metric != "submit.one") return;
        var perJob = 1e6 / ((long)each * producers);
        var name = string.Create(CultureInfo.InvariantCulture, $"{metric}.{producers}.cpu");
        context.Report.Add(name + ".silo", (ProcessFacts.CpuSeconds(silo.Pid) - siloCpu) * perJob, "us/job", "CPU of the silo");
        context.Report.Add(name + ".client", (ProcessFacts.CpuSeconds(Environment.ProcessId) - clientCpu) * perJob, "us/job", "CPU of the client");
    }
}
