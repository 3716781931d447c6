using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Molino.Execution.Processes;

namespace Molino.Execution.Runner;

/// <summary>The process side of a child runner: its session, its descriptors, and its end.</summary>
internal static class RunnerProcess
{
    private const int Input = 0;
    private const int Output = 1;
    private const int ErrorOutput = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What the silo sets in a child's environment to start it fast and small.</summary>
    internal static IReadOnlyDictionary<string, string> RuntimeSettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>The protocol version that the silo expects; null when this process is no child runner.</summary>
    internal static int? RequestedProtocol =>
        int.TryParse(Environment.GetEnvironmentVariable(ProcessMark.ProtocolVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>
    /// Makes this process a runner: leader of a session of its own, adopter of its descendants' orphans, with the protocol on private descriptors.
    /// What handlers and their commands write to standard output or error goes to the silo as the job's output; their standard input is empty.
    /// </summary>
    /// <returns>The pipes from and to the silo.</returns>
    internal static (FileStream FromSilo, FileStream ToSilo) TakeOver()
    {
        // Fails only for a process that leads a group already, which is as good.
        _ = Native.SetSession();
        if (!Native.BecomeSubreaper()) throw new PlatformNotSupportedException("Child runners need Linux (PR_SET_CHILD_SUBREAPER).");
        var fromSilo = Native.DuplicatePrivate(Input);
        var toSilo = Native.DuplicatePrivate(Output);
        var nothing = Native.OpenNull();
        if (fromSilo < 0 || toSilo < 0 || Native.Duplicate(nothing, Input) < 0 || Native.Duplicate(ErrorOutput, Output) < 0)
        {
            throw new IOException("The child runner's pipes could not be taken over.");
        }

        // A handler's commands must not be taken for runners, nor get their settings.
        Environment.SetEnvironmentVariable(ProcessMark.ProtocolVariable, null);
        foreach (var name in RuntimeSettings.Keys) Environment.SetEnvironmentVariable(name, null);

        // TERM is for the handlers' commands, which get it first when a tree is ended; a runner ends with its input, or is killed.
        // A service manager that sends TERM to all at once would otherwise fail jobs that the silo lets finish.
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);
        PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        return (Open(fromSilo, FileAccess.Read), Open(toSilo, FileAccess.Write));
    }

    /// <summary>Ends everything that a job left running. Cheap when there is nothing.</summary>
    internal static void EndDescendants()
    {
        if (!Native.HasChildren()) return;
        ProcessTreeEnding.KillNow(OwnTree(), Patience);
        foreach (var entry in ProcessTable.Read())
        {
            if (entry is { IsRunning: false } && entry.Parent == Environment.ProcessId) _ = Native.WaitPid(entry.Pid, out _, Native.WaitNoHang);
        }
    }

    /// <summary>Ends this process with everything that it started, at once. Does not return.</summary>
    internal static void EndWithTree()
    {
        try
        {
            ProcessTreeEnding.KillNow(OwnTree(), Patience);
        }
        finally
        {
            // Last the group, this process included: one step, which a handler's fork cannot race with. Also when a handler has
            // left no file to open, by which to find the rest: the silo looks for it.
            _ = Native.Kill(0, Native.SignalKill);
            Native.Exit(1);
        }
    }

    private static ProcessTree OwnTree() =>
        new(ProcessIdentity.Self, Environment.GetEnvironmentVariable(ProcessMark.Variable) is { } mark ? SiloProcesses.MarkEntry(mark) : null);

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
