using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Reminders;
using Molino.Runtime.Tests.Clustering;
using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Hosting;

namespace Molino.Runtime.Tests.Reminders;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task reminder_wakes_the_grain_when_due_and_each_period()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(builder => builder.UseInMemoryReminderService(), time);
        var grain = silo.Grains.GetGrain<IWakeGrain>("w");
        await grain.RegisterAsync("r", TimeSpan.FromSeconds(10), Minute);
        await grain.LeaveAsync();

        time.Advance(TimeSpan.FromSeconds(9));
        silo.Probe.Count("w r").ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(1));
        await silo.Probe.SeenAsync("w r");
        for (var tick = 2; tick < 5; tick++)
        {
            await SecondsAsync(silo, time, () => silo.Probe.Count("w r") == tick);
        }
    }

    [Fact]
    public async Task failing_tick_is_logged_and_the_next_comes()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(builder => builder.UseInMemoryReminderService(), time);
        await silo.Grains.GetGrain<IWakeGrain>("w").RegisterAsync("bad", TimeSpan.Zero, Minute);

        await SecondsAsync(silo, time, () => silo.Probe.Count("w bad") == 2);

        silo.Log.Entries.ShouldContain(entry => entry.EventId == 2041);
    }

    [Fact]
    public async Task unregistered_reminder_does_not_tick()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(builder => builder.UseInMemoryReminderService(), time);
        var grain = silo.Grains.GetGrain<IWakeGrain>("w");
        await grain.RegisterAsync("r", Minute, Minute);
        await grain.RegisterAsync("s", Minute, Minute);
        (await grain.NamesAsync()).Order().ShouldBe(["r", "s"]);

        (await grain.UnregisterAsync("r")).ShouldBeTrue();
        await SecondsAsync(silo, time, () => silo.Probe.Count("w s") == 2);

        silo.Probe.Count("w r").ShouldBe(0);
        (await grain.UnregisterAsync("r")).ShouldBeFalse();
    }

    [Fact]
    public async Task period_below_the_minimum_is_refused()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.UseInMemoryReminderService());

        (await Should.ThrowAsync<ArgumentException>(() => silo.Grains.GetGrain<IWakeGrain>("w").RegisterAsync("r", Minute, TimeSpan.FromSeconds(59)))).Message.ShouldContain("00:01:00");
    }

    [Fact]
    public async Task silo_without_reminders_says_what_to_do()
    {
        await using var silo = await TestSilo.StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(() => silo.Grains.GetGrain<IWakeGrain>("w").RegisterAsync("r", Minute, Minute))).Message.ShouldContain("AddReminders");
    }

    [Fact]
    public async Task reminders_spread_over_the_silos_and_move_with_their_grains()
    {
        var table = new MemoryReminderTable();
        await using var cluster = await TestCluster.StartAsync(2, builder =>
        {
            builder.Services.AddSingleton<IReminderTable>(table);
            builder.AddReminders().Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
        });
        foreach (var key in Enumerable.Range(0, 40))
        {
            await cluster.Silos[0].Grains.GetGrain<IWakeGrain>($"w{key}").RegisterAsync("r", TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        }

        await cluster.UntilAsync(() => cluster.Silos.All(silo => silo.Services.GetRequiredService<ReminderService>().Count > 5));
        await cluster.Probe.SeenAsync("silo-0 ticks");
        await cluster.Probe.SeenAsync("silo-1 ticks");

        await cluster.Silos[1].StopAsync();
        await cluster.UntilAsync(() => cluster.Silos[0].Services.GetRequiredService<ReminderService>().Count == 40);
    }

    /// <summary>
    /// Moves time second by second until something is so. Only the real clock bounds it: a tick that fails for the first time takes
    /// its milliseconds, in which a thousand of these seconds pass and the ticks within them are left out, as they should be.
    /// </summary>
    private static async Task SecondsAsync(TestSilo silo, ManualTimeProvider time, Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition() && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await silo.Grains.GetGrain<IWakeGrain>("w").NamesAsync();
        }

        condition().ShouldBeTrue();
    }
}
