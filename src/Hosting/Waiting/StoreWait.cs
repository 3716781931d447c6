using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Waits until the store may be used, because an operator restored or accepted it; then ends the host, so that the silo can start.</summary>
public sealed partial class StoreWait : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly IJobStore _store;
    private readonly KnownStore _known;
    private readonly SiloInfo _silo;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreWait> _log;
    private volatile bool _isOver;

    internal StoreWait(IJobStore store, KnownStore known, SiloInfo silo, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StoreWait> log)
    {
        _store = store;
        _known = known;
        _silo = silo;
        _lifetime = lifetime;
        _time = time;
        _log = log;
    }

    /// <summary>Whether the store may be used now; false when the host was stopped for another reason.</summary>
    public bool IsOver => _isOver;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _store.OpenAsync(_silo.Id, cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var period = new PeriodicTimer(Period, _time);
        long? told = null;
        do
        {
            if (_store.Condition.Ready)
            {
                _known.TryRemember(_store, _log);
                _isOver = true;
                LogOver(_log);
                _lifetime.StopApplication();
                return;
            }

            if (told is { } at && _time.GetElapsedTime(at) < Reminder) continue;
            told = _time.GetTimestamp();
            LogWaits(_log, _store.Condition.Message, _known.ClusterId, _known.Place);
        }
        while (await period.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(
        EventId = 3301,
        Level = LogLevel.Critical,
        Message = "store_replaced: {Problem} Nothing is taken and nothing started. Restore the store, or accept the one that is there: molino store accept {Cluster}, or stop this silo, delete {File} and start it.")]
    private static partial void LogWaits(ILogger log, string? problem, string cluster, string? file);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Warning, Message = "The store may be used: the silo starts.")]
    private static partial void LogOver(ILogger log);
}
