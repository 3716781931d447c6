using Orleans;

namespace Molino.Runtime.Tests.Reminders;

public interface IWakeGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan due, TimeSpan period);

    Task<bool> UnregisterAsync(string name);

    Task<List<string>> NamesAsync();

    Task LeaveAsync();
}
