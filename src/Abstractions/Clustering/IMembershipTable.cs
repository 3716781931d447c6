using Molino.Storage;

namespace Molino.Clustering;

/// <summary>Where silos keep their common view and their beats (design section 3). The view decides nothing by itself: who died, the cluster decides.</summary>
/// <remarks>Every call may throw <see cref="StoreException"/>; <c>silo_removed</c> when this silo's incarnation was removed (<see cref="IJobStore.RecoverAsync"/> does that).</remarks>
public interface IMembershipTable
{
    /// <summary>Reads the view.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The view; <see cref="MembershipDocument.None"/> before the first change.</returns>
    Task<MembershipDocument> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Changes the view, durably as the store is.</summary>
    /// <param name="expectedVersion">The version that the change was decided upon; 0 for the first.</param>
    /// <param name="content">The new view.</param>
    /// <param name="cancellationToken">Stops the wait before the change is sent.</param>
    /// <returns>False when the view has another version; nothing was written then. Its new version is one higher than expected otherwise.</returns>
    Task<bool> TryWriteAsync(long expectedVersion, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Tells that this silo is alive.</summary>
    /// <param name="number">Higher than at the last beat.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task BeatAsync(long number, CancellationToken cancellationToken);

    /// <summary>Reads the last beats of all silos, in one call.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<SiloBeat>> ReadBeatsAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the beats of a silo that is gone.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task ForgetAsync(string silo, CancellationToken cancellationToken);
}
