using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Hostility;
using Molino.Runtime.Tests.Testing;
using Orleans.Hosting;

namespace Molino.Runtime.Tests.Hostility;

public sealed class HostileModeTests
{
    private const int Rings = 400;

    [Fact]
    public async Task one_way_calls_get_lost_come_late_and_overtake_each_other()
    {
        var time = new ManualTimeProvider();
        await using var silo = await StartAsync(7, time);

        var heardAtOnce = await RingAsync(silo);
        time.Advance(TimeSpan.FromSeconds(1));
        var heardInAll = await HeardAsync(silo);

        heardAtOnce.Count.ShouldBeLessThan(heardInAll.Count, "some came late");
        heardInAll.Count.ShouldBeLessThan(Rings, "some were lost");
        heardInAll.Count.ShouldBeGreaterThan(Rings / 2);
        heardInAll.Distinct().Count().ShouldBe(heardInAll.Count, "none came twice");
        heardAtOnce.SequenceEqual(heardAtOnce.Order()).ShouldBeFalse("some overtook others");
    }

    [Fact]
    public async Task same_seed_makes_the_same_choices()
    {
        var first = await HeardWithSeedAsync(11);
        var second = await HeardWithSeedAsync(11);
        var other = await HeardWithSeedAsync(12);

        second.ShouldBe(first);
        other.SequenceEqual(first).ShouldBeFalse();
    }

    [Fact]
    public async Task two_activations_of_one_grain_live_at_once_for_a_while()
    {
        var time = new ManualTimeProvider();
        await using var silo = await StartAsync(3, time, o => o.DoubleActivationRate = 1);
        var grain = silo.Grains.GetGrain<IVictimGrain>("double");
        var first = await grain.ActivationAsync();

        var second = await grain.ActivationAsync();

        second.ShouldNotBe(first);
        silo.Silo.Catalog.AllActivations().Count.ShouldBe(1);
        silo.Probe.Count("left DuplicateActivation").ShouldBe(0, "the first one is still alive");
        time.Advance(TimeSpan.FromSeconds(1));
        await silo.Probe.SeenAsync("left DuplicateActivation");
    }

    [Fact]
    public async Task activation_is_collected_early()
    {
        await using var silo = await StartAsync(5, new ManualTimeProvider(), o => o.EarlyCollectionRate = 1);
        var grain = silo.Grains.GetGrain<IVictimGrain>("early");

        var first = await grain.ActivationAsync();
        await silo.Probe.SeenAsync("left ActivationIdle");

        (await grain.ActivationAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task start_logs_the_seed()
    {
        await using var silo = await StartAsync(4711, new ManualTimeProvider());

        silo.Log.Entries.ShouldContain(e => e.EventId == 2001 && e.Text.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task peaceful_silo_delivers_every_one_way_call_in_order()
    {
        await using var silo = await TestSilo.StartAsync();

        (await RingAsync(silo)).ShouldBe(Enumerable.Range(0, Rings));
    }

    private static Task<TestSilo> StartAsync(int seed, TimeProvider time, Action<HostileOptions>? configure = null) => TestSilo.StartAsync(
        s => s.Services.PostConfigure<HostileOptions>(o =>
        {
            o.Enabled = true;
            o.Seed = seed;
            o.DoubleActivationRate = o.EarlyCollectionRate = 0;
            configure?.Invoke(o);
        }),
        time);

    private static async Task<IReadOnlyList<int>> HeardWithSeedAsync(int seed)
    {
        await using var silo = await StartAsync(seed, new ManualTimeProvider());
        return await RingAsync(silo);
    }

    private static async Task<IReadOnlyList<int>> RingAsync(TestSilo silo)
    {
        var grain = silo.Grains.GetGrain<IVictimGrain>("victim");
        await grain.ActivationAsync();
        for (var i = 0; i < Rings; i++)
        {
            await grain.RingAsync(i);
        }

        return await HeardAsync(silo);
    }

    /// <summary>Returns what was heard before a call that is sent now.</summary>
    private static async Task<IReadOnlyList<int>> HeardAsync(TestSilo silo)
    {
        await silo.Grains.GetGrain<IVictimGrain>("victim").ActivationAsync();
        return [.. silo.Probe.History.Where(h => int.TryParse(h, out _)).Select(h => int.Parse(h, CultureInfo.InvariantCulture))];
    }
}
