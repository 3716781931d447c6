using System.Runtime.InteropServices;

namespace Molino.Silo;

/// <summary>The first Ctrl-C drains (the host's own handler); a second stops at once. Nothing is lost: what was acknowledged is in the store.</summary>
internal sealed class SecondInterrupt : IDisposable
{
    private readonly PosixSignalRegistration _registration;

    private int _interrupts;

    public SecondInterrupt()
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _interrupts) == 1) return;
            Console.Error.WriteLine("molino: stopped at once; what ran will run again.");
            ExitNow(ExitCode.Interrupted);
        });
    }

    public void Dispose() => _registration.Dispose();

    /// <summary>Ends the process without exit handlers, which would wait for the drain.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
