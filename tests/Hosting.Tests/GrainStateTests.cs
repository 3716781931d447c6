using Microsoft.Extensions.DependencyInjection;
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
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("molino");
        var state = new GrainState<Kept>(null!);

        await storage.ReadStateAsync("policy", GrainId.Create("queue", "nobody"), state);

        state.State.ShouldNotBeNull();
        state.RecordExists.ShouldBeFalse();
    }

    private sealed class Kept
    {
        public int Number { get; set; }
    }
}
