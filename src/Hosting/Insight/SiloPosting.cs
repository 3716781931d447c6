using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Clustering;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Puts up what this silo does, every second and when an order was obeyed, and hears orders on the way. One small step of the store each time.</summary>
internal sealed partial class SiloPosting(
    ISiloBoard board,
    LocalReport local,
    SiloDuty duty,
    IEnumerable<ISiloAddressSource> addresses,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SiloPosting> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private bool _isSilent;

    /// <summary>The silo is taken down from the board when it leaves in order.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await board.LeaveAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or TimeoutException)
        {
            LogNotLeft(log, error); // it is shown as suspect, then as dead
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = duty.NextChange; // before the report, so that a change in between is put up next
            await PostAsync(stoppingToken).ConfigureAwait(false);
            await change.WaitAsync(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var source in addresses) local.Address ??= await source.FindAsync(cancellationToken).ConfigureAwait(false);
            var report = JsonSerializer.SerializeToUtf8Bytes(local.Create(), MolinoJson.Options);
            if (await board.PostAsync(report, cancellationToken).ConfigureAwait(false) is { } instruction) duty.Obey(instruction);
            _isSilent = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            if (error is not StoreException { Code: ErrorCodes.SiloRemoved } && !_isSilent) LogSilent(log, error);
            _isSilent = true;
        }
    }

    [LoggerMessage(EventId = 3221, Level = LogLevel.Warning, Message = "This silo cannot tell the others how it is; trying again every second.")]
    private static partial void LogSilent(ILogger log, Exception error);

    [LoggerMessage(EventId = 3222, Level = LogLevel.Information, Message = "This silo leaves, but could not say so.")]
    private static partial void LogNotLeft(ILogger log, Exception error);
}
