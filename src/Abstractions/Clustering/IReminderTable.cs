using Molino.Storage;

namespace Molino.Clustering;

/// <summary>Keeps reminders by grain and by place on the ring.</summary>
/// <remarks>Every call may throw <see cref="StoreException"/>. What a write answered survives what the store's other writes survive.</remarks>
public interface IReminderTable
{
    /// <summary>Reads the reminders of a grain.</summary>
    /// <param name="grain">The grain's id.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<ReminderRow>> ReadGrainAsync(string grain, CancellationToken cancellationToken);

    /// <summary>Reads the reminders of a part of the ring.</summary>
    /// <param name="after">Hashes above this; when it is not below <paramref name="upTo"/>, the part runs through the end of the ring and on from 0.</param>
    /// <param name="upTo">Hashes up to and with this.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<ReminderRow>> ReadRangeAsync(uint after, uint upTo, CancellationToken cancellationToken);

    /// <summary>Writes a reminder, whether it is there or not.</summary>
    /// <param name="row">The reminder; its etag is not looked at.</param>
    /// <param name="cancellationToken">Stops the wait before the write is taken up.</param>
    /// <returns>The new etag.</returns>
    Task<string> WriteAsync(ReminderRow row, CancellationToken cancellationToken);

    /// <summary>Removes a reminder.</summary>
    /// <param name="grain">The grain's id.</param>
    /// <param name="name">The reminder's name.</param>
    /// <param name="etag">The etag it must have.</param>
    /// <param name="cancellationToken">Stops the wait before the write is taken up.</param>
    /// <returns>False when it is not there or has another etag.</returns>
    Task<bool> RemoveAsync(string grain, string name, string etag, CancellationToken cancellationToken);
}
