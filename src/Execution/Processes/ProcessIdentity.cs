using System.Globalization;

namespace Molino.Execution.Processes;

/// <summary>Names one process for good: an id alone is given to another process later.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Start">Its start, in clock ticks since boot.</param>
internal readonly record struct ProcessIdentity(int Pid, long Start)
{
    /// <summary>Whether exactly this process runs now.</summary>
    internal bool IsRunning => ProcessTable.TryRead(Pid) is { IsRunning: true } entry && entry.Start == Start;

    internal static ProcessIdentity Self { get; } = Of(Environment.ProcessId)
        ?? throw new PlatformNotSupportedException("Supervising processes needs Linux and a mounted /proc.");

    internal static ProcessIdentity? Of(int pid) => ProcessTable.TryRead(pid)?.Identity;

    internal static bool TryParse(ReadOnlySpan<char> text, out ProcessIdentity identity)
    {
        identity = default;
        var dot = text.IndexOf('.');
        if (dot < 0
            || !int.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || !long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return false;
        }

        identity = new ProcessIdentity(pid, start);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}.{Start}");
}
