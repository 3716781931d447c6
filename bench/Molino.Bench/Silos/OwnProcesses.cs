using System.Collections.Concurrent;

namespace Molino.Bench;

/// <summary>Processes of the benchmark that run now, beside itself: what they use is not somebody else's load.</summary>
internal static class OwnProcesses
{
    private static readonly ConcurrentDictionary<int, bool> Running = new();

    /// <summary>Their ids.</summary>
    public static IEnumerable<int> Ids => Running.Keys;

    /// <summary>A process was started.</summary>
    public static void Add(int pid) => Running[pid] = true;

    /// <summary>A process has ended.</summary>
    public static void Remove(int pid) => Running.TryRemove(pid, out _);
}
