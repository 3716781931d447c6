using Microsoft.Extensions.Hosting;
using Molino.Runtime.Collection;

namespace Molino.Runtime.Hosting;

/// <summary>Starts and stops the silo with its host. Registered by <c>UseOrleans</c>: services registered after it start after it and stop before it.</summary>
internal sealed class SiloHostedService(Silo silo, IdleCollector collector) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        collector.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await collector.DisposeAsync();
        await silo.StopAsync(cancellationToken);
    }
}
