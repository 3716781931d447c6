namespace Molino.Hosting;

/// <summary>Who is in the cluster. Each actor runtime knows it in its own way (<c>Runtimes/</c>).</summary>
internal interface IClusterMembers
{
    /// <summary>Reads it anew, not from a memory of it: a silo is in the answer from before its first lease until the cluster declared it dead.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<SiloMember>> ReadAsync(CancellationToken cancellationToken);
}
