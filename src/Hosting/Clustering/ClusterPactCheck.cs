using Microsoft.Extensions.Hosting;
using Molino.Clustering;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>
/// Before this silo joins: refuses to work on a store where silos with another pact work. What a silo put up some seconds ago is not enough, it may have been killed since:
/// it must put up something while we look.
/// </summary>
internal sealed class ClusterPactCheck(ISiloBoard board, IJobStore store, LocalReport local, Func<string, ClusterPact> pact, TimeProvider time) : IHostedService
{
    /// <summary>A silo puts up something every second.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    /// <exception cref="StoreException"><c>store_in_use</c>: silos with another pact work on the store.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var own = local.Pact = pact(store.Identity.Key);
        var started = time.GetTimestamp();
        while (true)
        {
            var looked = time.GetElapsedTime(started); // before the look, at whose time the ages are
            if (await AnotherAsync(own, cancellationToken).ConfigureAwait(false) is not var (notice, why)) return;
            if (notice.Age < looked) throw new StoreException(ErrorCodes.StoreInUse, $"Silo {notice.Silo}, which works on this store, {why}");
            await Task.Delay(LookPeriod, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(SiloNotice Notice, string Why)?> AnotherAsync(ClusterPact own, CancellationToken cancellationToken)
    {
        foreach (var notice in await board.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (notice.Removed || notice.Age >= Alive) continue;
            if (SiloReport.Parse(notice.Report, out _)?.Pact is { } other && own.Refuses(other) is { } why) return (notice, why);
        }

        return null;
    }
}
