using System.Globalization;

namespace Molino.Bench;

/// <summary>Facts about a process, from <c>/proc</c>.</summary>
internal static class ProcessFacts
{
    /// <summary>Resident memory now, in MiB.</summary>
    public static double ResidentMib(int pid) => StatusKib(pid, "VmRSS:") / 1024;

    /// <summary>The most resident memory since the start, in MiB.</summary>
    public static double PeakResidentMib(int pid) => StatusKib(pid, "VmHWM:") / 1024;

    /// <summary>CPU used since the start, in seconds.</summary>
    public static double CpuSeconds(int pid)
    {
        var fields = StatFields(pid);
        return (fields[13] + fields[14]) / 100;
    }

    /// <summary>The numbers of <c>/proc/PID/stat</c>, at their places there (from 0); empty when the process is gone. Name and state read as 0.</summary>
    public static double[] StatFields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var rest = text[(text.LastIndexOf(')') + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [pid, 0, .. rest.Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static double StatusKib(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..^2].Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>How often threads of a process left their core so far, by their own will or not; of threads that live.</summary>
    public static long ContextSwitches(int pid)
    {
        long sum = 0;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{pid}/task"))
        {
            foreach (var line in File.ReadLines(Path.Combine(thread, "status")))
            {
                if (line.Contains("ctxt_switches:", StringComparison.Ordinal)) sum += long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(), CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }
}
