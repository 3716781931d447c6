using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Hostility;

public interface IVictimGrain : IGrainWithStringKey
{
    [OneWay]
    Task RingAsync(int number);

    Task<Guid> ActivationAsync();

    Task WaitAsync(string gate);
}
