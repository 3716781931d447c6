using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public interface IPublisherGrain : IGrainWithStringKey
{
    Task SubscribeAsync(IListener listener);

    Task PublishAsync(string name);

    Task<string> AskAsync(string question);

    Task HoldAsync(string gate, CancellationToken cancellationToken);
}
