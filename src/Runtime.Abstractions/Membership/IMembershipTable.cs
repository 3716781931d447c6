namespace Molino.Runtime.Membership;

/// <summary>
/// Where the membership document and the beats are kept, one table per cluster id. Every method throws when the store does not
/// answer; the outcome of a write that threw is unknown.
/// </summary>
public interface IMembershipTable
{
    /// <summary>Reads the document and the beats.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>What was read, as of one instant.</returns>
    Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the document if it is still the version expected.</summary>
    /// <param name="document">The new document; its version is <paramref name="expectedVersion"/> + 1.</param>
    /// <param name="expectedVersion">The version it replaces; 0 for none.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>False when another version was there: nothing was written.</returns>
    Task<bool> TryWriteAsync(MembershipDocument document, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Stores a silo's beat.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="counter">Grows with each beat.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken);
}
