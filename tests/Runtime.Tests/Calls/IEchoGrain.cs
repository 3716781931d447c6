using Orleans;

namespace Molino.Runtime.Tests.Calls;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string text);

    Task<string> WhoAmIAsync();

    ValueTask<int> AddAsync(int a, int b);

    ValueTask NothingAsync();

    Task ThrowAsync(string message);

    Task ThrowSynchronouslyAsync(string message);

    Task<string?> ContextAsync(string key);

    Task<string?> ContextOfNextAsync(string key, string next);

    Task SetContextAsync(string key, string value);
}
