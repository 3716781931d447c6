using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Reminders;

public sealed class WakeGrain(Probe probe) : Grain, IWakeGrain, IRemindable
{
    public Task RegisterAsync(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> UnregisterAsync(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
        {
            return false;
        }

        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<List<string>> NamesAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Signal($"{this.GetPrimaryKeyString()} {reminderName}");
        probe.Signal($"{RuntimeIdentity} ticks");
        return reminderName == "bad" ? throw new InvalidOperationException("bad") : Task.CompletedTask;
    }
}
