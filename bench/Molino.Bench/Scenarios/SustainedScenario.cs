using System.Diagnostics;
using System.Globalization;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Producers submit one by one, each awaiting, while the jobs run: jobs finished per second in the middle of the span.</summary>
internal sealed class SustainedScenario : IScenario
{
    public string Name => "sustained";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        await new QueueMeter(silo.Client).WarmUpAsync(context.Count(20_000));
        await MeasureAsync(context, silo.Client, 1, TimeSpan.FromSeconds(2), report: false);
        await MeasureAsync(context, silo.Client, 1, context.Span(10), report: true);
        await MeasureAsync(context, silo.Client, 16, context.Span(10), report: true);
    }

    private static async Task MeasureAsync(BenchContext context, MolinoClient client, int producers, TimeSpan span, bool report)
    {
        var meter = new QueueMeter(client);
        var started = Stopwatch.GetTimestamp();
        long produced = 0;
        var running = Enumerable.Range(0, producers).Select(_ => ProduceAsync()).ToArray();
        await Task.Delay(span * 0.2);
        var (before, beforeAt) = (await FinishedAsync(), Stopwatch.GetTimestamp());
        await Task.Delay(span * 0.7);
        var (after, afterAt) = (await FinishedAsync(), Stopwatch.GetTimestamp());
        await Task.WhenAll(running);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var backlog = await meter.UnfinishedAsync();
        await meter.UntilDoneAsync();
        if (!report) return;
        var metric = string.Create(CultureInfo.InvariantCulture, $"sustained.{producers}");
        context.Report.Add(metric, (after - before) / Stopwatch.GetElapsedTime(beforeAt, afterAt).TotalSeconds, "jobs/s", $"{producers} awaiting producers, {context.Transport}");
        context.Report.Add(metric + ".submitted", produced / elapsed, "jobs/s");
        context.Report.Add(metric + ".backlog", backlog, "jobs", "left when the producers stop");

        async Task ProduceAsync()
        {
            for (var i = 0; Stopwatch.GetElapsedTime(started) < span; i++)
            {
                await client.Transport.SubmitAsync(NoopJobs.One(i), TimeSpan.Zero, CancellationToken.None);
                Interlocked.Increment(ref produced);
            }
        }

        async Task<long> FinishedAsync()
        {
            var submitted = Interlocked.Read(ref produced);
            return submitted - await meter.UnfinishedAsync();
        }
    }
}
