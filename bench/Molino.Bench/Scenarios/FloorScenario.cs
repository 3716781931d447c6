using System.Diagnostics;
using System.Net.Sockets;

namespace Molino.Bench;

/// <summary>
/// What the machine gives at best: a durable write to its disk; a call that does nothing, of the silo over HTTP and of Redis, one after the other and at the pace of
/// <see cref="LatencyScenario"/>, where all threads sleep in between.
/// </summary>
internal sealed class FloorScenario : IScenario
{
    private const int PageSize = 4096;

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5);

    public string Name => "floor";

    public async Task RunAsync(BenchContext context)
    {
        await using var store = await context.StartStoreAsync();
        await using var silo = await context.StartSiloAsync(store);
        context.Report.AddSpread("floor.fsync", TimeFsync(silo.Folder, context.Count(1000)), "ms", "append 4 KiB and fsync, in the store's folder");
        using var http = new HttpClient { BaseAddress = new Uri(silo.Url) };
        await TimeCallsAsync(CallAsync, 2000, TimeSpan.Zero);
        var calls = await TimeCallsAsync(CallAsync, context.Count(5000), TimeSpan.Zero);
        context.Report.Add("floor.http", calls.Count * 1000 / calls.Sum(), "calls/s", "GET /health/live, one after the other");
        context.Report.AddSpread("floor.http.200ps", await TimeCallsAsync(CallAsync, context.Count(1000), Gap), "ms", "the same, 5 ms apart");
        if (store is not RedisBenchStore redis) return;
        using var ping = await redis.ConnectAsync();
        context.Report.AddSpread("floor.redis", await TimeCallsAsync(() => PingAsync(ping), context.Count(5000), TimeSpan.Zero), "ms", "PING, one after the other");
        context.Report.AddSpread("floor.redis.200ps", await TimeCallsAsync(() => PingAsync(ping), context.Count(1000), Gap), "ms", "the same, 5 ms apart");

        Task CallAsync() => http.GetStringAsync("/health/live");
    }

    private static async Task<List<double>> TimeCallsAsync(Func<Task> callAsync, int count, TimeSpan gap)
    {
        var samples = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            Pace.Wait(gap);
            var started = Stopwatch.GetTimestamp();
            await callAsync();
            samples.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return samples;
    }

    private static async Task PingAsync(Socket redis)
    {
        await redis.SendAsync("PING\r\n"u8.ToArray());
        await redis.ReceiveAsync(new byte[64]);
    }

    private static List<double> TimeFsync(string folder, int count)
    {
        var samples = new List<double>(count);
        using var file = File.OpenHandle(Path.Combine(folder, "fsync"), FileMode.Create, FileAccess.Write);
        var page = new byte[PageSize];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, (long)i * PageSize);
            RandomAccess.FlushToDisk(file);
            samples.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return samples;
    }
}
