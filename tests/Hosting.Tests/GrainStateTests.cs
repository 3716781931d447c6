using Microsoft.Extensions.DependencyInjection;
using Molino.Grains;
using Molino.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Hosting.Tests;

/// <summary>Grain state in the job store.</summary>
public sealed class GrainStateTests
{
    [Fact]
    public async Task Read_OfWhatWasNeverWritten_GivesAValueAndNotNull()
    {
        await using var host = await MolinoTestHost.StartAsync(molino => molino.AddJob<CountHandler>());
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>(QueueGrain.StateStore);
        var state = new GrainState<QueuePolicy>(null!);

        await storage.ReadStateAsync("policy", GrainId.Create("queue", "nobody"), state);

        state.State.ShouldNotBeNull();
        state.RecordExists.ShouldBeFalse();
    }
}
