using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public interface IListener : IGrainObserver
{
    void OnEvent(string name);

    Task<string> AskAsync(string question);
}
