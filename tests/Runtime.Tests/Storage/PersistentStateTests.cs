using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Tests.Storage;

public sealed class PersistentStateTests
{
    [Fact]
    public async Task written_state_is_there_for_the_next_activation_and_unwritten_is_not()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITallyGrain>("a");
        (await grain.ReadAsync()).ShouldBe((0, 0, false, false));
        (await grain.AddAsync(5, "five")).ShouldBe(5);
        await grain.ForgetToWriteAsync(99);

        await grain.LeaveAsync();
        await silo.Probe.SeenAsync("deactivate ApplicationRequested");

        (await grain.ReadAsync()).ShouldBe((5, 1, true, true));
    }

    [Fact]
    public async Task write_over_a_newer_record_fails_and_ends_the_activation_so_that_the_next_reads_afresh()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITallyGrain>("a");
        await grain.AddAsync(1, "one");
        await OverwriteAsync(silo, "a", 40);

        var error = await Should.ThrowAsync<InconsistentStateException>(grain.AddAsync(1, "two"));

        error.StoredEtag.ShouldNotBe(error.CurrentEtag);
        await silo.Probe.SeenAsync("deactivate ApplicationError");
        (await grain.AddAsync(2, "three")).ShouldBe(42);
    }

    [Fact]
    public async Task conflict_that_the_grain_handles_leaves_the_activation_alone()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITallyGrain>("a");
        await grain.AddAsync(1, "one");
        await OverwriteAsync(silo, "a", 40);

        (await grain.AddOrReloadAsync(2)).ShouldBeFalse();
        (await grain.AddOrReloadAsync(2)).ShouldBeTrue();

        silo.Probe.Count("deactivate ApplicationError").ShouldBe(0);
        (await grain.ReadAsync()).Value.ShouldBe(42);
    }

    [Fact]
    public async Task clear_deletes_the_record_and_resets_the_value()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITallyGrain>("a");
        await grain.AddAsync(1, "one");

        await grain.ClearAsync();

        (await grain.ReadAsync()).ShouldBe((0, 0, false, false));
        (await grain.AddAsync(7, "again")).ShouldBe(7);
    }

    [Fact]
    public async Task memory_storage_copies_in_and_out()
    {
        await using var silo = await TestSilo.StartAsync();
        var storage = Storage(silo);
        var id = GrainId.Create("tally", "x");
        var record = new GrainState<Tally>(new Tally { Value = 1 });
        await storage.WriteStateAsync("tally", id, record);

        record.State!.Value = 2;
        var read = new GrainState<Tally>();
        await storage.ReadStateAsync("tally", id, read);

        read.State!.Value.ShouldBe(1);
        read.ETag.ShouldBe(record.ETag);
        await Should.ThrowAsync<InconsistentStateException>(async () => await storage.WriteStateAsync("tally", id, new GrainState<Tally>(new Tally())));
        await Should.ThrowAsync<InconsistentStateException>(async () => await storage.ClearStateAsync("tally", id, new GrainState<Tally>(null, "other")));
    }

    [Fact]
    public async Task missing_provider_is_named()
    {
        await using var silo = await TestSilo.StartAsync();

        var error = await Should.ThrowAsync<BadProviderConfigException>(silo.Grains.GetGrain<ILostGrain>("a").ValueAsync());

        error.Message.ShouldContain("nowhere");
        error.Message.ShouldContain(nameof(LostGrain));
    }

    private static IGrainStorage Storage(TestSilo silo) => silo.Services.GetRequiredKeyedService<IGrainStorage>("store");

    private static async Task OverwriteAsync(TestSilo silo, string key, int value)
    {
        var id = GrainId.Create("tally", key);
        var record = new GrainState<Tally>();
        await Storage(silo).ReadStateAsync("tally", id, record);
        record.State!.Value = value;
        await Storage(silo).WriteStateAsync("tally", id, record);
    }
}
