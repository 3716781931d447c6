using Molino.Client;

namespace Molino.Bench;

/// <summary>
/// Two builds of the silo side by side, called in turn: what else happens on the machine meets both alike, so that the ratio can be trusted where the values cannot.
/// </summary>
internal sealed class CompareScenario : IScenario
{
    public string Name => "compare";

    public async Task RunAsync(BenchContext context)
    {
        await using var other = await Side.StartAsync("other", context, context.StartOtherSiloAsync);
        await using var here = await Side.StartAsync("this", context, context.StartSiloAsync);
        Side[] sides = [other, here];
        await InTurnAsync(sides, context.Count(3000), TimeSpan.Zero, RoundTrips.Patience);
        for (var round = 1; round <= 2; round++)
        {
            await MeasureAsync(context, sides, "wait", context.Count(2000), TimeSpan.Zero, RoundTrips.Patience);
            await MeasureAsync(context, sides, "wait.paced", context.Count(1000), TimeSpan.FromMilliseconds(5), RoundTrips.Patience);
            await MeasureAsync(context, sides, "submit", context.Count(2000), TimeSpan.Zero, TimeSpan.Zero);
        }
    }

    private static async Task MeasureAsync(BenchContext context, Side[] sides, string metric, int jobs, TimeSpan gap, TimeSpan wait)
    {
        var before = sides.Select(side => (side.SiloCpu, side.StoreCpu)).ToArray();
        var samples = await InTurnAsync(sides, jobs, gap, wait);
        for (var i = 0; i < sides.Length; i++)
        {
            var name = $"compare.{metric}.{sides[i].Name}";
            context.Report.AddSpread(name, samples[i], "ms");
            context.Report.Add(name + ".cpu.silo", (sides[i].SiloCpu - before[i].SiloCpu) * 1e6 / jobs, "us/job");
            if (context.IsRedis) context.Report.Add(name + ".cpu.redis", (sides[i].StoreCpu - before[i].StoreCpu) * 1e6 / jobs, "us/job");
        }

        context.Report.Add($"compare.{metric}.ratio.p50", Samples.Percentile(samples[1], 50) / Samples.Percentile(samples[0], 50), "", "this / other");
        context.Report.Add($"compare.{metric}.ratio.p99", Samples.Percentile(samples[1], 99) / Samples.Percentile(samples[0], 99), "", "this / other");
    }

    private static Task<List<double>[]> InTurnAsync(Side[] sides, int jobs, TimeSpan gap, TimeSpan wait) =>
        RoundTrips.InTurnAsync([.. sides.Select(side => side.Client)], jobs, gap, wait);

    /// <summary>A build that runs, on a store of its own.</summary>
    private sealed class Side(string name, BenchStore store, SiloProcess silo) : IAsyncDisposable
    {
        public string Name => name;

        public MolinoClient Client => silo.Client;

        public double SiloCpu => ProcessFacts.CpuSeconds(silo.Pid);

        public double StoreCpu => store is RedisBenchStore redis ? redis.CpuSeconds : 0;

        public static async Task<Side> StartAsync(string name, BenchContext context, Func<BenchStore, int, Task<SiloProcess>> startAsync)
        {
            var store = await context.StartStoreAsync();
            return new Side(name, store, await startAsync(store, 100));
        }

        public async ValueTask DisposeAsync()
        {
            await silo.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
