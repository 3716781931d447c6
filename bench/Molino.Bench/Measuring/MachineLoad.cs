using System.Diagnostics;
using System.Globalization;

namespace Molino.Bench;

/// <summary>How much of the machine is used by processes that are not the benchmark's, from <c>/proc</c>.</summary>
internal sealed class MachineLoad
{
    private const double TicksPerSecond = 100; // USER_HZ, a constant of Linux's interface

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _busy = BusySeconds();
    private readonly double _own = OwnSeconds();

    /// <summary>Starts to count.</summary>
    public static MachineLoad Start() => new();

    /// <summary>The 1-minute load average.</summary>
    public static double OneMinute() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Cores used by others since the start, on average.</summary>
    public double OtherCores()
    {
        var others = BusySeconds() - _busy - (OwnSeconds() - _own);
        return Math.Round(Math.Max(0, others / Stopwatch.GetElapsedTime(_started).TotalSeconds), 2);
    }

    /// <summary>CPU of this process, of the silos and servers that run now, and of those that have ended.</summary>
    private static double OwnSeconds()
    {
        var self = ProcessFacts.StatFields(Environment.ProcessId);
        var ticks = self[13] + self[14] + self[15] + self[16];
        foreach (var silo in OwnProcesses.Ids) ticks += ProcessFacts.StatFields(silo) is { Length: > 16 } fields ? fields[13] + fields[14] : 0;
        return ticks / TicksPerSecond;
    }

    private static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var ticks = fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond; // without idle and waiting for the disk
    }
}
