using System.Diagnostics;
using System.Globalization;

namespace Molino.Bench;

/// <summary>What silos say to each other, as the kernel counts it (<c>ss</c>): segments with data, in both directions.</summary>
internal static class SiloTraffic
{
    /// <summary>Segments with data sent so far on connections that are open now.</summary>
    /// <param name="ports">Where the silos listen for each other.</param>
    public static async Task<long> SegmentsAsync(IReadOnlyCollection<int> ports)
    {
        var start = new ProcessStartInfo("ss", ["-tinH", "state", "established"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        long sum = 0;
        var counts = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0])) counts = Array.Exists(Ports(line), ports.Contains);
            if (!counts) continue;
            foreach (var word in line.Split(' '))
            {
                if (word.StartsWith("data_segs_out:", StringComparison.Ordinal)) sum += long.Parse(word.AsSpan(word.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    /// <summary>The local and the remote port of a line like <c>0 0 127.0.0.1:4000 127.0.0.1:4001</c>.</summary>
    private static int[] Ports(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains(':', StringComparison.Ordinal))
            .Select(word => int.TryParse(word.AsSpan(word.LastIndexOf(':') + 1), CultureInfo.InvariantCulture, out var port) ? port : 0)];
}
