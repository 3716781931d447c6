namespace Molino.Hosting;

/// <summary>Knows where other silos connect to this one. The runtime of a cluster has one; a silo on its own has none.</summary>
internal interface ISiloAddressSource
{
    /// <summary>The address as <c>host:port</c>; null before the silo has joined.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<string?> FindAsync(CancellationToken cancellationToken);
}
