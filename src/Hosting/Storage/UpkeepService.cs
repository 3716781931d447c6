using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Expiry, due jobs that nobody asks for, and retention: small batches from time to time, and one after the other where they cannot keep up.</summary>
internal sealed partial class UpkeepService(
    IStoreUpkeep store, RetentionLimits limits, QueueBells bells, TimeProvider time, ILogger<UpkeepService> log) : BackgroundService
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nextSweep = time.GetTimestamp();
        var more = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!more) await Task.Delay(Period, time, stoppingToken).ConfigureAwait(false);
                while (await store.ExpireAsync(Batch, stoppingToken).ConfigureAwait(false) == Batch)
                {
                }

                foreach (var queue in await store.PromoteDueAsync(Batch, stoppingToken).ConfigureAwait(false))
                    bells.Ring(queue);
                if (!more && time.GetElapsedTime(nextSweep) < TimeSpan.Zero) continue;
                more = await SweepAsync(stoppingToken).ConfigureAwait(false);
                nextSweep = time.GetTimestamp() + (long)(SweepPeriod.TotalSeconds * time.TimestampFrequency);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                more = false;
                LogUpkeepFailed(log, error);
            }
        }
    }

    /// <summary>Sweeps for a period at most, and rests after each batch for as long as it took: jobs come first.</summary>
    /// <returns>Whether there is more to remove.</returns>
    private async Task<bool> SweepAsync(CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Period)
        {
            var batch = time.GetTimestamp();
            if (!await store.SweepAsync(limits, stoppingToken).ConfigureAwait(false)) return false;
            await Task.Delay(time.GetElapsedTime(batch), time, stoppingToken).ConfigureAwait(false);
        }

        return true;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Upkeep of the store failed; trying again.")]
    private static partial void LogUpkeepFailed(ILogger log, Exception error);
}
