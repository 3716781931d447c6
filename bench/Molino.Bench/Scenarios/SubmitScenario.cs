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
        await MeasureAsync(context, silo.Client, "submit.one", 1, context.Count(20_000), NoopJobs.SubmitEachAsync);
        await MeasureAsync(context, silo.Client, "submit.one", 16, context.Count(40_000), NoopJobs.SubmitEachAsync);
        await NoopJobs.SubmitBatchesAsync(silo.Client, context.Count(50_000));
        await MeasureAsync(context, silo.Client, "submit.batch", 1, context.Count(200_000), NoopJobs.SubmitBatchesAsync);
        await MeasureAsync(context, silo.Client, "submit.batch", 4, context.Count(200_000), NoopJobs.SubmitBatchesAsync);
    }

    private static async Task MeasureAsync(BenchContext context, MolinoClient client, string metric, int producers, int jobs, Func<MolinoClient, int, Task> submitAsync)
    {
        var each = jobs / producers;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => submitAsync(client, each)));
        var rate = (long)each * producers / Stopwatch.GetElapsedTime(started).TotalSeconds;
        context.Report.Add(string.Create(CultureInfo.InvariantCulture, $"{metric}.{producers}"), rate, "jobs/s", $"{producers} producers, HTTP, {jobs} jobs");
    }
}
