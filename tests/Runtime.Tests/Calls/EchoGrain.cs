using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Calls;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<string> EchoAsync(string text) => Task.FromResult(text);

    public Task<string> WhoAmIAsync() => Task.FromResult(this.GetPrimaryKeyString());

    public ValueTask<int> AddAsync(int a, int b) => new(a + b);

    public async ValueTask NothingAsync() => await Task.Yield();

    public async Task ThrowAsync(string message)
    {
        await Task.Yield();
        throw new FormatException(message);
    }

    public Task ThrowSynchronouslyAsync(string message) => throw new FormatException(message);

    public Task<string?> ContextAsync(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<string?> ContextOfNextAsync(string key, string next) => GrainFactory.GetGrain<IEchoGrain>(next).ContextAsync(key);

    public Task SetContextAsync(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
