using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Molino.Hosting;

/// <summary>
/// Hears what asks a program to stop (SIGTERM, SIGQUIT, Ctrl-C), over all hosts that it runs one after the other: a silo that the cluster removed starts anew
/// (<see cref="SiloRemoval.WasRemoved"/>), and a signal between its two lives counts for the second. The first Ctrl-C drains; a second ends the process at once, with exit code 130.
/// Nothing is lost: what was acknowledged is in the store. As the lifetime of its hosts it takes the place of the console's, which would stop them without the drain.
/// </summary>
public sealed class StopSignals : IHostLifetime, IDisposable
{
    private const int Interrupted = 128 + 2; // as shells have it: 128 and the number of SIGINT

    private readonly PosixSignalRegistration[] _registrations;
    private volatile Action? _stop;
    private volatile bool _areHeard;
    private int _interrupts;

    /// <summary>Listens from now on.</summary>
    public StopSignals() => _registrations = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGINT]).Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Whether the program was asked to stop.</summary>
    public bool AreHeard => _areHeard;

    /// <summary>What a signal does from now on; at once if the program was asked to stop already.</summary>
    /// <param name="stop">Stops the host that runs.</param>
    public void Stop(Action stop)
    {
        ArgumentNullException.ThrowIfNull(stop);
        _stop = stop;
        if (_areHeard) stop();
    }

    Task IHostLifetime.WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostLifetime.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Listens no more.</summary>
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
            ExitNow(Interrupted);
        }

        _stop?.Invoke();
    }

    /// <summary>Ends the process without exit handlers, which would wait for the drain.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
