using System.Globalization;

namespace Molino.Execution.Processes;

/// <summary>Names exit codes for people.</summary>
internal static class ExitStatus
{
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
    };

    /// <summary>Says how a process ended.</summary>
    /// <param name="code">Its exit code; .NET and shells give 128 plus the signal's number for one that a signal ended.</param>
    internal static string Describe(int code) => Signals.TryGetValue(code - SignalBase, out var signal)
        ? string.Create(CultureInfo.InvariantCulture, $"ended by {signal} (exit code {code})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {code}");
}
