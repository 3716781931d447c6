using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Molino.Hosting;

/// <summary>Runs a host that is a silo.</summary>
public static class SiloRun
{
    /// <summary>
    /// Starts the host and waits until it has stopped; does not dispose it. Unlike <c>RunAsync</c> it stops in order also what had started when a signal came during the start,
    /// or the start failed: a silo that has joined its cluster leaves it. A silo that has started drains first, and answers meanwhile. It returns also when the cluster removed the silo, during its
    /// start too: <see cref="SiloRemoval.WasRemoved"/> tells.
    /// </summary>
    /// <param name="host">The host, with the signals as its lifetime.</param>
    /// <param name="signals">What stops it.</param>
    public static async Task RunSiloAsync(this IHost host, StopSignals signals)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(signals);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        SiloDuty? duty = null; // none while a silo starts, and in a host that only waits for its store
        lifetime.ApplicationStarted.Register(() => Volatile.Write(ref duty, host.Services.GetService<SiloDuty>()));
        signals.Stop(() =>
        {
            if (Volatile.Read(ref duty) is { } silo) silo.Stop();
            else lifetime.StopApplication();
        });
        try
        {
            await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // What had not started yet may refuse to stop: why the start ended says more.
            await host.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (error is OperationCanceledException && signals.AreHeard) return;
            if (host.Services.GetService<SiloRemoval>() is { } removal && removal.Explains(error)) return;
            throw;
        }

        await host.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
