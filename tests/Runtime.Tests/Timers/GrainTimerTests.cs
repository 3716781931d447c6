using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Timers;

public sealed class GrainTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task timer_ticks_when_due_and_then_after_each_period()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, 2 * Second));

        await AdvanceAsync(time, 0.9 * Second, grain);
        silo.Probe.Count("tick t").ShouldBe(0);
        await AdvanceAsync(time, 0.1 * Second, grain);
        silo.Probe.Count("tick t").ShouldBe(1);
        await AdvanceAsync(time, 1.9 * Second, grain);
        silo.Probe.Count("tick t").ShouldBe(1);
        await AdvanceAsync(time, 0.1 * Second, grain);
        silo.Probe.Count("tick t").ShouldBe(2);
    }

    [Fact]
    public async Task infinite_period_ticks_once()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, Timeout.InfiniteTimeSpan));

        await AdvanceAsync(time, 10 * Second, grain);

        silo.Probe.Count("tick t").ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task tick_waits_for_a_running_call_unless_it_interleaves(bool interleave)
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, Timeout.InfiniteTimeSpan, Interleave: interleave));
        await grain.StartAsync("witness", new(Second, Timeout.InfiniteTimeSpan, Interleave: true));
        var call = grain.WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");

        time.Advance(Second);
        await silo.Probe.SeenAsync("tick witness");

        silo.Probe.Count("tick t").ShouldBe(interleave ? 1 : 0);
        silo.Probe.Open("hold");
        await call;
        await silo.Probe.SeenAsync("tick t");
    }

    [Fact]
    public async Task period_counts_from_the_end_of_a_tick()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, Second, Gate: "tick"));
        time.Advance(Second);
        await silo.Probe.SeenAsync("at tick");

        time.Advance(5 * Second);
        silo.Probe.Count("tick t").ShouldBe(1);
        silo.Probe.Open("tick");
        await AdvanceAsync(time, TimeSpan.Zero, grain);
        await AdvanceAsync(time, Second, grain);

        silo.Probe.Count("tick t").ShouldBe(2);
    }

    [Fact]
    public async Task failing_tick_is_logged_and_the_timer_goes_on()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, Second, Fails: true));

        await AdvanceAsync(time, Second, grain);
        await AdvanceAsync(time, Second, grain);

        silo.Probe.Count("tick t").ShouldBe(2);
        silo.Log.Entries.Count(e => e.EventId == 2021).ShouldBe(2);
    }

    [Fact]
    public async Task change_sets_new_times()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

        await AdvanceAsync(time, 10 * Second, grain);
        silo.Probe.Count("tick t").ShouldBe(0);
        await grain.ChangeAsync("t", 3 * Second, Timeout.InfiniteTimeSpan);
        await AdvanceAsync(time, 3 * Second, grain);

        silo.Probe.Count("tick t").ShouldBe(1);
    }

    [Fact]
    public async Task disposed_timer_ticks_no_more_and_its_running_tick_is_cancelled()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<ITickGrain>("a");
        await grain.StartAsync("t", new(Second, Second, Interleave: true, Gate: "tick"));
        time.Advance(Second);
        await silo.Probe.SeenAsync("at tick");

        await grain.StopAsync("t");
        silo.Probe.Count("cancelled t").ShouldBe(1);
        silo.Probe.Open("tick");
        await AdvanceAsync(time, 10 * Second, grain);

        silo.Probe.Count("tick t").ShouldBe(1);
    }

    [Fact]
    public async Task only_a_timer_that_keeps_alive_spares_the_activation()
    {
        var keptPeriod = 59 * Second;
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var kept = silo.Grains.GetGrain<ITickGrain>("kept");
        var left = silo.Grains.GetGrain<ITickGrain>("left");
        await kept.StartAsync("k", new(keptPeriod, keptPeriod, KeepAlive: true));
        await left.StartAsync("l", new(60 * Second, 60 * Second));

        for (var minute = 1; minute <= 20; minute++)
        {
            time.Advance(60 * Second);
            await time.ArmedAsync(keptPeriod, 1 + minute);
        }

        await silo.Probe.SeenAsync("deactivate left");
        silo.Probe.Count("tick k").ShouldBe(20);
        silo.Probe.Count("deactivate kept").ShouldBe(0);
        var ticks = silo.Probe.Count("tick l");
        time.Advance(300 * Second);
        await time.ArmedAsync(keptPeriod, 22);
        silo.Probe.Count("tick l").ShouldBe(ticks);
    }

    [Theory]
    [InlineData(49.8, 1)]
    [InlineData(1, 49.8)]
    [InlineData(-1, 1)]
    public async Task times_beyond_49_days_or_negative_are_refused(double dueDays, double periodDays)
    {
        await using var silo = await TestSilo.StartAsync();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            silo.Grains.GetGrain<ITickGrain>("a").StartAsync("t", new(TimeSpan.FromDays(dueDays), TimeSpan.FromDays(periodDays))));
    }

    [Fact]
    public async Task time_of_49_days_is_accepted()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);

        await silo.Grains.GetGrain<ITickGrain>("a").StartAsync("t", new(TimeSpan.FromDays(49), Timeout.InfiniteTimeSpan, KeepAlive: true));
    }

    /// <summary>Moves time, then lets a call pass behind the ticks that this caused.</summary>
    private static async Task AdvanceAsync(ManualTimeProvider time, TimeSpan by, ITickGrain grain)
    {
        time.Advance(by);
        await grain.NothingAsync();
    }
}
