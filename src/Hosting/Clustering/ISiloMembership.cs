namespace Molino.Hosting;

/// <summary>This silo's place in the cluster. Each actor runtime knows it in its own way (<c>Runtimes/</c>).</summary>
public interface ISiloMembership
{
    /// <summary>Cancelled when the silo is no member any more: the cluster removed it, or it left.</summary>
    CancellationToken Ended { get; }
}
