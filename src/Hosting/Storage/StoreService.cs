using Microsoft.Extensions.Hosting;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Opens the store before anything else starts.</summary>
internal sealed class StoreService(IJobStore store, SiloInfo silo, JobWatch watch, CommitPulse pulse) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(silo.Id, cancellationToken).ConfigureAwait(false);
        store.Observe(watch);
        store.Observe(pulse);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the store closes with the container, last of all
}
