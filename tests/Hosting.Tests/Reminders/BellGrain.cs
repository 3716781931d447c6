using Orleans;
using Orleans.Runtime;

namespace Molino.Hosting.Tests.Reminders;

public sealed class BellGrain(Rings rings) : Grain, IBellGrain, IRemindable
{
    public Task RegisterAsync(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> UnregisterAsync(string name)
    {
        if (await this.GetReminder(name) is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<List<string>> NamesAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        rings.Add($"{this.GetPrimaryKeyString()} {reminderName}");
        return Task.CompletedTask;
    }
}
