namespace Molino.Storage;

/// <summary>What the silo does for its store from time to time, in small batches that never block dispatch.</summary>
public interface IStoreUpkeep
{
    /// <summary>Ends pending jobs whose expiry has passed.</summary>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>How many were expired.</returns>
    Task<int> ExpireAsync(int max, CancellationToken cancellationToken);

    /// <summary>Moves due jobs of all queues to the ready index, so that counts and order are right even where nobody leases.</summary>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The queues that got ready jobs.</returns>
    Task<IReadOnlyList<string>> PromoteDueAsync(int max, CancellationToken cancellationToken);

    /// <summary>Removes what retention no longer keeps: one small batch of each kind of thing, so that none waits for another.</summary>
    /// <param name="limits">What is kept.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Whether there is more to remove.</returns>
    Task<bool> SweepAsync(RetentionLimits limits, CancellationToken cancellationToken);
}
