using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Runtime.Clustering;
using Molino.Runtime.Collection;
using Molino.Runtime.Membership;

namespace Molino.Runtime.Hosting;

/// <summary>Starts and stops the silo with its host. Registered by <c>UseOrleans</c>: services registered after it start after it and stop before it.</summary>
internal sealed class SiloHostedService(Silo silo, IdleCollector collector, IServiceProvider services) : IHostedService
{
    private ClusterLife? _cluster;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        collector.Start();
        if (services.GetService<IMembershipTable>() is not null)
        {
            _cluster = services.GetRequiredService<ClusterLife>();
            await _cluster.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await collector.DisposeAsync();
        if (_cluster is not null)
        {
            await _cluster.GiveUpAsync(cancellationToken);
        }

        await silo.StopAsync(cancellationToken);
        if (_cluster is not null)
        {
            await _cluster.StopAsync();
        }
    }
}
