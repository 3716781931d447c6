using Orleans;

namespace Molino.Runtime.Tests.Activations;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<int> WorkAsync(string gate);
}
