using System.Runtime.InteropServices;

namespace Molino.Silo;

/// <summary>
/// Hears what asks the program to stop, over all hosts that it runs one after the other: a silo that was removed starts anew, and a signal between its two lives counts for the second.
/// The first Ctrl-C drains; a second stops at once. Nothing is lost: what was acknowledged is in the store.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile IHostApplicationLifetime? _lifetime;
    private volatile bool _areHeard;
    private int _interrupts;

    public StopSignals() => _registrations = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGINT]).Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Whether the program was asked to stop.</summary>
    public bool AreHeard => _areHeard;

    /// <summary>Stops this host from now on; at once if the program was asked to stop already.</summary>
    public void Stop(IHostApplicationLifetime lifetime)
    {
        _lifetime = lifetime;
        if (_areHeard) lifetime.StopApplication();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _areHeard = true;
        if (context.Signal == PosixSignal.SIGINT && Interlocked.Increment(ref _interrupts) > 1)
        {
            Console.Error.WriteLine("molino: stopped at once; what ran will run again.");
            ExitNow(ExitCode.Interrupted);
        }

        _lifetime?.StopApplication();
    }

    /// <summary>Ends the process without exit handlers, which would wait for the drain.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
