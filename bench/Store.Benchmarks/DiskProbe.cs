using System.Diagnostics;

namespace Molino.Store.Benchmarks;

/// <summary>Measures the disk itself.</summary>
internal static class DiskProbe
{
    /// <summary>The median of appending 4 KiB and syncing it.</summary>
    /// <returns>Microseconds.</returns>
    public static double MeasureSync(string folder)
    {
        var page = new byte[4096];
        var times = new List<double>();
        using var file = new FileStream(Path.Combine(folder, "sync-probe"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var i = 0; i < 300; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(page);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
