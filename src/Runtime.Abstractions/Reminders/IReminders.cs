using Orleans.Runtime;

namespace Molino.Runtime.Reminders;

/// <summary>The reminders of a silo as grains see them.</summary>
internal interface IReminders
{
    /// <summary>Stores a reminder and starts it.</summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="name">The name.</param>
    /// <param name="dueTime">The time to the first tick.</param>
    /// <param name="period">The time between ticks.</param>
    /// <returns>The reminder.</returns>
    Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>Ends a reminder.</summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="reminder">The reminder.</param>
    /// <returns>A task.</returns>
    Task UnregisterAsync(GrainId grainId, IGrainReminder reminder);

    /// <summary>Reads the reminders of a grain.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>The reminders.</returns>
    Task<List<IGrainReminder>> ReadAsync(GrainId grainId);
}
