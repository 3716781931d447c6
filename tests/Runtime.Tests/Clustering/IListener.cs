using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public interface IListener : IGrainObserver
{
    void OnEvent(string what);

    Task<string> AskAsync(string question);

    Task HoldAsync(string gate, CancellationToken cancellationToken);
}
