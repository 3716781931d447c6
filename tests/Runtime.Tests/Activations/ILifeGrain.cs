using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Returns the number of the activation that answers.</summary>
    Task<int> NumberAsync();

    Task WaitAsync(string gate);

    Task LeaveAsync();

    Task DelayAsync(TimeSpan time);
}
