using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Expiry, due jobs that nobody asks for, and retention: small batches from time to time.</summary>
internal sealed partial class UpkeepService(
    IStoreUpkeep store, RetentionLimits limits, QueueBells bells, TimeProvider time, ILogger<UpkeepService> log) : BackgroundService
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nextSweep = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Period, time, stoppingToken).ConfigureAwait(false);
                while (await store.ExpireAsync(Batch, stoppingToken).ConfigureAwait(false) == Batch)
                {
                }

                foreach (var queue in await store.PromoteDueAsync(Batch, stoppingToken).ConfigureAwait(false))
                    bells.Ring(queue);
                if (time.GetElapsedTime(nextSweep) < TimeSpan.Zero) continue;
                var more = await store.SweepAsync(limits, stoppingToken).ConfigureAwait(false);
                nextSweep = time.GetTimestamp() + (long)((more ? Period : SweepPeriod).TotalSeconds * time.TimestampFrequency);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogUpkeepFailed(log, error);
            }
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Upkeep of the store failed; trying again.")]
    private static partial void LogUpkeepFailed(ILogger log, Exception error);
}
