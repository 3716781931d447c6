using System.Runtime.InteropServices;

namespace Molino.Execution.Processes;

/// <summary>The system calls that .NET has no API for. Linux only.</summary>
internal static partial class Native
{
    internal const int SignalTerminate = 15;
    internal const int SignalKill = 9;
    internal const int SignalStop = 19;
    internal const int WaitNoHang = 1;

    private const int WaitExited = 4;
    private const int WaitNoWait = 0x01000000;
    private const int ErrorNoChild = 10;
    private const int DuplicateCloseOnExec = 1030;
    private const int SetChildSubreaper = 36;
    private const int OpenReadWriteCloseOnExec = 0x80002;

    /// <summary>Sends a signal to a process, or to a group when negative; 0 on success.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int pid, int signal);

    /// <summary>Makes the calling process the leader of a new session and group.</summary>
    [LibraryImport("libc", EntryPoint = "setsid")]
    internal static partial int SetSession();

    /// <summary>Ends the process without running anything more of it.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    internal static partial int WaitPid(int pid, out int status, int options);

    /// <summary>Makes orphans among the caller's descendants its own children, so that they stay findable.</summary>
    internal static bool BecomeSubreaper() => Prctl(SetChildSubreaper, 1, 0, 0, 0) == 0;

    /// <summary>Whether the process has any child, ended ones included. With a subreaper: any descendant.</summary>
    internal static bool HasChildren()
    {
        var info = new byte[128];
        return WaitId(0, 0, info, WaitNoHang | WaitExited | WaitNoWait) == 0 || Marshal.GetLastPInvokeError() != ErrorNoChild;
    }

    /// <summary>Copies a descriptor to one that commands started later do not inherit.</summary>
    internal static int DuplicatePrivate(int descriptor) => Fcntl(descriptor, DuplicateCloseOnExec, 3);

    /// <summary>Makes one descriptor mean what another means, inherited by commands started later.</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    internal static partial int Duplicate(int descriptor, int target);

    internal static int OpenNull() => Open("/dev/null", OpenReadWriteCloseOnExec);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, int id, byte[] info, int options);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
