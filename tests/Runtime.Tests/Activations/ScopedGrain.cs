using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Molino.Runtime.Tests.Activations;

public sealed class ScopedGrain(ScopedService service) : Grain, IScopedGrain
{
    public Task<bool> IsSameScopeAsync() => Task.FromResult(ReferenceEquals(service, ServiceProvider.GetRequiredService<ScopedService>()));
}
