using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Calls;

public interface IWaitGrain : IGrainWithStringKey
{
    Task WaitAsync(string gate);

    [ResponseTimeout("00:00:02")]
    Task WaitBrieflyAsync(string gate);

    Task WaitForTokenAsync(CancellationToken cancellationToken);

    Task NothingAsync();

    [OneWay]
    Task FailOneWayAsync(string gate);
}
