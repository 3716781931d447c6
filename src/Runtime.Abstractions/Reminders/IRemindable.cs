using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that reminders wake.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due. Activates the grain if need be.</summary>
    /// <param name="reminderName">Its name.</param>
    /// <param name="status">Its times.</param>
    /// <returns>A task; a failure is logged, and the next tick comes at its time.</returns>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
