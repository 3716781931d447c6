using Microsoft.Extensions.Hosting;
using Molino.Storage;
using Orleans;
using Orleans.Runtime;

namespace Molino.Hosting;

/// <summary>
/// Ends this silo's membership when its row is gone from Orleans' table: the Redis was emptied or replaced, and an operator took it for the cluster's own. Orleans would go on
/// without the row, unseen by silos that join, and its work would never be recovered. The silo starts anew, as after a removal.
/// </summary>
internal sealed class OrleansRowWatch(IMembershipTable table, ILocalSiloDetails self, OrleansMembership membership, IJobStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>One look may meet a Redis that was emptied a moment ago, before the store has noticed.</summary>
    private const int LooksWithoutRow = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var without = 0; without < LooksWithoutRow && !stoppingToken.IsCancellationRequested;)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            without = store.Condition.Ready && await IsGoneAsync(stoppingToken).ConfigureAwait(false) ? without + 1 : 0;
        }

        if (!stoppingToken.IsCancellationRequested) membership.OnFatalException(this, "its row is gone from the table of members");
    }

    private async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await table.ReadRow(self.SiloAddress).WaitAsync(Period, time, cancellationToken).ConfigureAwait(false)).Members.Count == 0;
        }
        catch (Exception)
        {
            return false; // Orleans tells of a table that does not answer
        }
    }
}
