using Microsoft.Extensions.Hosting;

namespace Molino.Client.Gateway;

/// <summary>The life of a host inside a library: begun and ended by who owns it, deaf to the signals of the process, which are the application's.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
