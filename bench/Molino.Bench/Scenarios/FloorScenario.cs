using System.Diagnostics;

namespace Molino.Bench;

/// <summary>What the machine gives at best: a durable write to its disk, and one HTTP call at a time to the silo.</summary>
internal sealed class FloorScenario : IScenario
{
    private const int PageSize = 4096;

    public string Name => "floor";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        context.Report.AddSpread("floor.fsync", TimeFsync(silo.Folder, context.Count(1000)), "ms", "append 4 KiB and fsync, in the store's folder");
        using var http = new HttpClient { BaseAddress = new Uri(silo.Url) };
        for (var i = 0; i < 2000; i++) await http.GetStringAsync("/health/live");
        var count = context.Count(5000);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) await http.GetStringAsync("/health/live");
        context.Report.Add("floor.http", count / Stopwatch.GetElapsedTime(started).TotalSeconds, "calls/s", "GET /health/live, one after the other");
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
