using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public interface ISourceGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> CountAsync(int to, CancellationToken cancellationToken = default);

    IAsyncEnumerable<string> FailAfterAsync(string[] words);

    IAsyncEnumerable<string> GatedAsync(string gate, CancellationToken cancellationToken = default);

    Task LeaveAsync();
}
