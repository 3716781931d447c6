using Molino.Core;

namespace Molino.Api;

/// <summary>Stands where a host keeps no users: there are none, and none can be added.</summary>
internal sealed class NoUserStore : IUserStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredUser>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredUser>>([]);

    /// <inheritdoc/>
    public Task<StoredUser?> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult<StoredUser?>(null);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(StoredUser user, CancellationToken cancellationToken) =>
        throw new JobSystemException(ErrorCodes.NotAvailable, "This host keeps no users.");

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);
}
