using Molino.Runtime.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of grains that implement <see cref="IRemindable"/>. To be called from within the grain's own turns.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder, in place of one of the same name.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">The name, unique within the grain.</param>
    /// <param name="dueTime">The time to the first tick.</param>
    /// <param name="period">The time between ticks; at least <c>ReminderOptions.MinimumReminderPeriod</c>, one minute by default.</param>
    /// <returns>The reminder.</returns>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <summary>Stores a reminder, in place of one of the same name.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">The name, unique within the grain.</param>
    /// <param name="dueTime">The time to the first tick.</param>
    /// <param name="period">The time between ticks; at least <c>ReminderOptions.MinimumReminderPeriod</c>, one minute by default.</param>
    /// <returns>The reminder.</returns>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return grain is IRemindable
            ? Of(grain).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException($"{grain.GetType()} does not implement IRemindable: nothing could receive its reminders.");
    }

    /// <summary>Ends a reminder.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminder">The reminder.</param>
    /// <returns>A task.</returns>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    /// <summary>Ends a reminder.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminder">The reminder.</param>
    /// <returns>A task.</returns>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Of(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder);
    }

    /// <summary>Finds a reminder.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">The name.</param>
    /// <returns>The reminder, or null.</returns>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    /// <summary>Finds a reminder.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">The name.</param>
    /// <returns>The reminder, or null.</returns>
    public static async Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        (await GetReminders(grain)).Find(reminder => reminder.ReminderName == reminderName);

    /// <summary>Lists the reminders of the grain.</summary>
    /// <param name="grain">The grain.</param>
    /// <returns>The reminders.</returns>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    /// <summary>Lists the reminders of the grain.</summary>
    /// <param name="grain">The grain.</param>
    /// <returns>The reminders.</returns>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Of(grain).ReadAsync(grain.GrainContext.GrainId);
    }

    private static IReminders Of(IGrainBase grain) =>
        (IReminders?)grain.GrainContext.ActivationServices.GetService(typeof(IReminders))
        ?? throw new InvalidOperationException("The silo has no reminders: register an IReminderTable and call AddReminders, or UseInMemoryReminderService.");
}
