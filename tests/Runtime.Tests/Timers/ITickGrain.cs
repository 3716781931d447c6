using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Timers;

public interface ITickGrain : IGrainWithStringKey
{
    Task StartAsync(string name, GrainTimerOrder order);

    Task ChangeAsync(string name, TimeSpan due, TimeSpan period);

    Task StopAsync(string name);

    Task WaitAsync(string gate);

    Task NothingAsync();
}
