using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Opens the store before anything else starts, and remembers which it is.</summary>
internal sealed class StoreService(
    IJobStore store, KnownStore known, SiloInfo silo, JobWatch watch, CommitPulse pulse, TimeProvider time, ILogger<StoreService> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <exception cref="StoreException">The store cannot be used; <c>store_replaced</c> when it is not the one that this machine knows.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(silo.Id, cancellationToken).ConfigureAwait(false);
        if (store.Condition is { Ready: false, Code: ErrorCodes.StoreReplaced } replaced)
            throw new StoreException(ErrorCodes.StoreReplaced, $"{replaced.Message} This machine knows the store by {known.Place}.");
        store.Observe(watch);
        store.Observe(pulse);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The store that is open changes when an operator accepts another, here or at another silo.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (known.Place is not null && !stoppingToken.IsCancellationRequested)
        {
            known.TryRemember(store, log);
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
