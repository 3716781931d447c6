using Orleans;

namespace Molino.Runtime.Tests.Turns;

public interface ICycleGrain : IGrainWithStringKey
{
    Task<string> CallAroundAsync(string[] rest, bool allow);

    Task<string> CallAfterSectionAsync(string next);
}
