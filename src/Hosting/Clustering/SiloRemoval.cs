using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>
/// Ends this silo's life when the cluster has removed it, because it was paused or cut off: all it runs is cancelled, the host stops, and
/// <see cref="WasRemoved"/> tells the program to start it anew. Nothing it still writes is taken: the store's fence sees to that.
/// </summary>
public sealed partial class SiloRemoval : IHostedService, IDisposable
{
    private readonly ISiloMembership _membership;
    private readonly SiloInfo _silo;
    private readonly IPoolDirectory _pools;
    private readonly SiloDuty _duty;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<SiloRemoval> _log;
    private CancellationTokenRegistration _registration;
    private volatile bool _removed;

    internal SiloRemoval(ISiloMembership membership, SiloInfo silo, IPoolDirectory pools, SiloDuty duty, IHostApplicationLifetime lifetime, ILogger<SiloRemoval> log)
    {
        _membership = membership;
        _silo = silo;
        _pools = pools;
        _duty = duty;
        _lifetime = lifetime;
        _log = log;
    }

    /// <summary>Whether the cluster removed this silo, which was not asked to end: it may join again as a new one.</summary>
    public bool WasRemoved => _removed;

    /// <summary>
    /// Whether a start ended because the cluster removed this silo meanwhile: whatever broke then, broke because of that. The store may have refused the silo before its
    /// membership noticed.
    /// </summary>
    /// <param name="error">What ended the start.</param>
    internal bool Explains(Exception error)
    {
        if (error is StoreException { Code: ErrorCodes.SiloRemoved } && !_removed)
        {
            _removed = true;
            LogRemoved(_log, _silo.Id);
        }

        return _removed;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = _membership.Ended.Register(OnEnded);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration.Unregister();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private void OnEnded()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested) return;
        _removed = !_duty.IsEnding; // a silo that was asked to end does not come back
        if (_removed) LogRemoved(_log, _silo.Id);
        else LogRemovedAtItsEnd(_log, _silo.Id);
        _pools.LoseAll();
        _lifetime.StopApplication();
    }

    [LoggerMessage(EventId = 3111, Level = LogLevel.Error, Message = "The cluster removed silo {Silo}: it did not beat for too long. What it ran is cancelled here and runs elsewhere; it starts anew.")]
    private static partial void LogRemoved(ILogger log, string silo);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Error, Message = "The cluster removed silo {Silo} while it drained: it did not beat for too long. What it ran is cancelled here and runs elsewhere; it ends, as it was asked to.")]
    private static partial void LogRemovedAtItsEnd(ILogger log, string silo);
}
