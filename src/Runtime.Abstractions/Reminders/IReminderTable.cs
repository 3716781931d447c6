using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept. Register one as a singleton in the services.</summary>
public interface IReminderTable
{
    /// <summary>Runs once before the other methods.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Runs once after the other methods.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Reads the reminders of a grain.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>The rows.</returns>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>Reads the reminders of all grains whose <see cref="GrainId.GetUniformHashCode"/> lies in a range.</summary>
    /// <param name="begin">The hash before the range.</param>
    /// <param name="end">The last hash of the range. When it is not above <paramref name="begin"/> the range goes over the end of the numbers: equal bounds mean all grains.</param>
    /// <returns>The rows.</returns>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>Reads one reminder.</summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="reminderName">The name.</param>
    /// <returns>The row, or null.</returns>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Stores a reminder, in place of one of the same name.</summary>
    /// <param name="entry">The row; its ETag does not count.</param>
    /// <returns>The new ETag, or null when it could not be stored.</returns>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes a reminder if it has not changed.</summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="reminderName">The name.</param>
    /// <param name="eTag">The ETag last seen.</param>
    /// <returns>False when it was not there, or has changed.</returns>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);
}
