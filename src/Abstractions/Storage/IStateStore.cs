namespace Molino.Storage;

/// <summary>Keeps the state of grains, one record per type, id and name, guarded by etags.</summary>
/// <remarks>Every call may throw <see cref="StoreException"/>. What a write answered survives a crash and a power loss.</remarks>
public interface IStateStore
{
    /// <summary>Reads a record.</summary>
    /// <param name="type">The grain's type.</param>
    /// <param name="id">The grain's id.</param>
    /// <param name="name">The state's name within the grain.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The record, or null when there is none.</returns>
    Task<StoredState?> ReadAsync(string type, string id, string name, CancellationToken cancellationToken);

    /// <summary>Writes a record, durably.</summary>
    /// <param name="type">The grain's type.</param>
    /// <param name="id">The grain's id.</param>
    /// <param name="name">The state's name within the grain.</param>
    /// <param name="bytes">The new content.</param>
    /// <param name="expectedEtag">The etag the record must have; null when there must be none.</param>
    /// <param name="cancellationToken">Stops the wait before the write is taken up.</param>
    /// <returns>The new etag, or null when the record has another etag than expected; nothing was written then.</returns>
    Task<string?> WriteAsync(string type, string id, string name, ReadOnlyMemory<byte> bytes, string? expectedEtag, CancellationToken cancellationToken);

    /// <summary>Removes a record, durably. Removing what is not there succeeds when no etag is expected.</summary>
    /// <param name="type">The grain's type.</param>
    /// <param name="id">The grain's id.</param>
    /// <param name="name">The state's name within the grain.</param>
    /// <param name="expectedEtag">The etag the record must have; null when there must be none.</param>
    /// <param name="cancellationToken">Stops the wait before the write is taken up.</param>
    /// <returns>False when the record has another etag than expected; it is left as it is then.</returns>
    Task<bool> ClearAsync(string type, string id, string name, string? expectedEtag, CancellationToken cancellationToken);
}
