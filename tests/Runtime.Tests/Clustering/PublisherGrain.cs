using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public sealed class PublisherGrain : Grain, IPublisherGrain
{
    private IListener? _listener;

    public Task SubscribeAsync(IListener listener)
    {
        _listener = listener;
        return Task.CompletedTask;
    }

    public Task PublishAsync(string name)
    {
        _listener!.OnEvent(name);
        return Task.CompletedTask;
    }

    public Task<string> AskAsync(string question) => _listener!.AskAsync(question);

    public Task HoldAsync(string gate, CancellationToken cancellationToken) => _listener!.HoldAsync(gate, cancellationToken);
}
