using System.Diagnostics;
using System.Globalization;

namespace Molino.Runtime.Benchmarks;

/// <summary>Prints the numbers that the design sets targets for, in half a minute.</summary>
public static class QuickRun
{
    private const int Callers = 100;
    private const int GrainCount = 1_000;
    private const int IdleGrains = 100_000;
    private const int Rounds = 5;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        Console.WriteLine($"with the {BenchmarkRuntime.Name}");
        await using var silo = await BenchmarkSilo.StartAsync();
        var pings = Enumerable.Range(0, GrainCount).Select(i => silo.Grains.GetGrain<IPingGrain>($"ping-{i}")).ToArray();
        await MeasureAsync("no-op calls", i => pings[i % GrainCount].PingAsync());
        await MeasureAsync("no-op calls, reference made each time", i => silo.Grains.GetGrain<IPingGrain>(Keys[i % GrainCount]).PingAsync());
        await MeasureAsync("ValueTask<int> calls with two arguments", i => pings[i % GrainCount].AddAsync(i, 1).AsTask());
        await MeasureAsync("calls that yield once", i => pings[i % GrainCount].YieldAsync());
        await MeasureAsync("calls that call another grain", i => pings[i % GrainCount].ForwardAsync(pings[(i + 1) % GrainCount]));
        await MeasureAsync("no-op calls to one grain", _ => pings[0].PingAsync());
        var counters = Enumerable.Range(0, GrainCount).Select(i => silo.Grains.GetGrain<ICounterGrain>($"counter-{i}")).ToArray();
        await MeasureAsync("state writes to memory storage", i => counters[i % GrainCount].AddAsync(1));
        await MeasureLatencyAsync(silo.Grains.GetGrain<IPingGrain>("latency"), "idle activation");
        await MeasureIdleAsync(silo);
        await RunRemoteAsync();
    }

    /// <summary>Calls over TCP between two silos of this process.</summary>
    public static async Task RunRemoteAsync()
    {
        await using var silos = await RemoteRun.StartAsync();
        var remote = await silos.RemoteGrainsAsync(GrainCount);
        await MeasureAsync("remote no-op calls", i => remote[i % GrainCount].PingAsync());
        await MeasureAsync("remote ValueTask<int> calls with two arguments", i => remote[i % GrainCount].AddAsync(i, 1).AsTask());
        await MeasureLatencyAsync(remote[0], "remote activation");
    }

    /// <summary>State writes to Redis.</summary>
    /// <param name="redis">Host and port.</param>
    public static async Task RunStateAsync(string redis)
    {
        await using var silo = await StateRun.StartAsync(redis);
        var counters = Enumerable.Range(0, GrainCount).Select(i => silo.Grains.GetGrain<IStoredCounterGrain>($"counter-{i}")).ToArray();
        await MeasureAsync("state writes to Redis", i => counters[i % GrainCount].AddAsync(1));
    }

    private static readonly string[] Keys = [.. Enumerable.Range(0, GrainCount).Select(i => $"ping-{i}")];

    private static async Task MeasureAsync(string name, Func<int, Task> call)
    {
        await RoundAsync(call, TimeSpan.FromSeconds(1));
        var rates = new List<double>();
        var allocated = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes();
            var (calls, seconds) = await RoundAsync(call, RoundTime);
            allocated.Add((GC.GetTotalAllocatedBytes() - before) / (double)calls);
            rates.Add(calls / seconds);
        }

        rates.Sort();
        allocated.Sort();
        Print($"{name}: {rates[Rounds / 2]:N0}/s (min {rates[0]:N0}, max {rates[^1]:N0}), {allocated[Rounds / 2]:N0} bytes per call");
    }

    private static async Task<(long Calls, double Seconds)> RoundAsync(Func<int, Task> call, TimeSpan time)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            long calls = 0;
            for (var i = caller * (GrainCount / Callers); (calls & 63) != 0 || Stopwatch.GetTimestamp() < end; i++)
            {
                await call(i);
                calls++;
            }

            return calls;
        })));
        return (counts.Sum(), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task MeasureLatencyAsync(IPingGrain grain, string what)
    {
        var times = new List<double>();
        for (var i = 0; i < 20_000; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await grain.PingAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        Print($"one caller, round trip to an {what}: p50 {times[times.Count / 2]:N1} us, p99 {times[times.Count * 99 / 100]:N1} us");
    }

    private static async Task MeasureIdleAsync(BenchmarkSilo silo)
    {
        var before = Settled();
        for (var i = 0; i < IdleGrains; i++)
        {
            await silo.Grains.GetGrain<IPingGrain>($"idle-{i}").PingAsync();
        }

        Print($"idle activation: {(Settled() - before) / (double)IdleGrains:N0} bytes, key and directory entry included");
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
