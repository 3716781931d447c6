using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Clustering;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>
/// Takes the work of silos that are no longer members: each is fenced first, so that nothing it still writes is taken, then its jobs go back
/// to their queues. Every silo looks once a second; that several do so at once is harmless (promise P4).
/// </summary>
internal sealed partial class DeadSiloRecovery(
    IJobStore store, IClusterMembers members, IMembershipTable table, SiloInfo self, TimeProvider time, ILogger<DeadSiloRecovery> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private HashSet<string> _known = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Period, time, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogLookFailed(log, error);
                await Task.Delay(Period, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Leases are read before the members: who leased is a member until its death.</summary>
    private async Task LookAsync(CancellationToken stop)
    {
        var holders = await store.LeaseHoldersAsync(stop).ConfigureAwait(false);
        var present = (await members.ReadAsync(stop).ConfigureAwait(false)).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        if (!present.Contains(self.Id)) return; // not a member itself, it does not judge others
        foreach (var silo in holders.Concat(_known).Where(silo => !present.Contains(silo)).Distinct(StringComparer.Ordinal).ToList())
        {
            var count = await store.RecoverAsync(silo, stop).ConfigureAwait(false);
            await table.ForgetAsync(silo, stop).ConfigureAwait(false);
            LogRecovered(log, silo, count);
        }

        _known = present;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Silo {Silo} is no member any more; {Count} jobs that it ran went back to their queues.")]
    private static partial void LogRecovered(ILogger log, string silo, int count);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Could not look for silos that died; trying again.")]
    private static partial void LogLookFailed(ILogger log, Exception error);
}
