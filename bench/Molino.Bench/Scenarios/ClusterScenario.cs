using System.Globalization;
using Molino.Client;

namespace Molino.Bench;

/// <summary>
/// One, two and three silos on one Redis, all on this machine: drain, submits, latency with the submits spread over the silos, and what
/// crosses between silos for each job. Says where more silos help on the same cores, and where they only share them.
/// </summary>
internal sealed class ClusterScenario : IScenario
{
    private const int MostSilos = 3;
    private const double Rate = 200;

    public string Name => "cluster";

    public async Task RunAsync(BenchContext context)
    {
        if (!context.IsRedis)
        {
            Console.WriteLine("  needs --store redis: a file has one silo");
            return;
        }

        for (var silos = 1; silos <= MostSilos; silos++) await MeasureAsync(context, silos);
    }

    private static async Task MeasureAsync(BenchContext context, int count)
    {
        await using var store = await RedisBenchStore.StartAsync();
        var silos = new List<SiloProcess>();
        try
        {
            while (silos.Count < count) silos.Add(await context.StartSiloAsync(store));
            await MeasureAsync(context, store, silos);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(BenchContext context, RedisBenchStore store, List<SiloProcess> silos)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"cluster.{silos.Count}");
        var meter = new QueueMeter(silos[0].Client);
        MolinoClient[] clients = [.. silos.Select(silo => silo.Client)];
        await meter.WarmUpAsync(context.Count(5000));
        foreach (var client in clients) await RoundTrips.OneAtATimeAsync(client, context.Count(500));

        var jobs = context.Count(20_000);
        for (var round = 0; round < 3; round++)
        {
            await meter.PauseAsync();
            await NoopJobs.SubmitBatchesAsync(silos[0].Client, jobs);
            var (ours, redis) = (silos.Sum(silo => ProcessFacts.CpuSeconds(silo.Pid)), store.CpuSeconds);
            context.Report.Add(name + ".drain", await meter.DrainAsync(jobs), "jobs/s", $"{jobs} jobs, concurrency 100 a silo");
            context.Report.Add(name + ".drain.cpu.silos", (silos.Sum(silo => ProcessFacts.CpuSeconds(silo.Pid)) - ours) / jobs * 1e6, "us/job", "CPU of all silos for running and storing");
            context.Report.Add(name + ".drain.cpu.redis", (store.CpuSeconds - redis) / jobs * 1e6, "us/job", "CPU of the server");
        }

        var each = context.Count(30_000) / 16;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => NoopJobs.SubmitEachAsync(clients[i % clients.Length], each)));
        context.Report.Add(name + ".submit16", each * 16 / TimeProvider.System.GetElapsedTime(started).TotalSeconds, "jobs/s", "16 awaiting producers over all silos, jobs running meanwhile");
        await meter.UntilDoneAsync();

        var idle = await RoundTrips.InTurnAsync(clients, context.Count(500) / clients.Length, TimeSpan.Zero, RoundTrips.Patience);
        context.Report.AddSpread(name + ".latency.idle", [.. idle.SelectMany(client => client)], "ms", "one at a time, silos in turn");
        var ports = silos.ConvertAll(silo => silo.SiloPort);
        var before = await SiloTraffic.SegmentsAsync(ports);
        var samples = await RoundTrips.OpenLoopAsync(clients, Rate, context.Span(10));
        var after = await SiloTraffic.SegmentsAsync(ports);
        context.Report.AddSpread(name + ".latency.200ps", samples, "ms", "open loop, silos in turn");
        context.Report.Add(name + ".crossing", (after - before) / (double)samples.Count, "segments/job", "data between silos at 200 jobs/s, probes and idle listening included");
    }
}
