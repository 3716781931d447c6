namespace Molino.Api;

/// <summary>Where users and API keys are kept: durable, and the same for all silos. What is stored is opaque and holds no secret in the clear.</summary>
public interface IUserStore
{
    /// <summary>All users, by name.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<StoredUser>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One user.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null when there is none.</returns>
    Task<StoredUser?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds a user unless one of this name exists; atomic, and durable when it returns.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when the name is taken; nothing was changed then.</returns>
    Task<bool> TryAddAsync(StoredUser user, CancellationToken cancellationToken);

    /// <summary>Removes a user.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken);
}
