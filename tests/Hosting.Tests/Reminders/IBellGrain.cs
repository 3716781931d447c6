using Orleans;

namespace Molino.Hosting.Tests.Reminders;

/// <summary>A grain of a host's own, woken by reminders.</summary>
public interface IBellGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan due, TimeSpan period);

    Task<bool> UnregisterAsync(string name);

    Task<List<string>> NamesAsync();
}
