using Orleans;
using Orleans.Concurrency;

namespace Molino.Runtime.Tests.Clustering;

public interface IMemberGrain : IGrainWithStringKey
{
    Task<string> SiloAsync();

    Task<Wire.Everything?> EchoAsync(Wire.Everything? message);

    Task FailAsync(string message);

    Task<string> AskAsync(IMemberGrain other);

    Task<object?> ContextAsync(string name);

    [OneWay]
    Task RingAsync(string signal);

    Task WaitAsync(string gate, CancellationToken cancellationToken);

    Task<int> AddAsync(int amount);
}
