using Microsoft.Extensions.DependencyInjection;
using Molino.Testing;
using Molino.TestServers;
using Orleans;
using Orleans.Hosting;

namespace Molino.Hosting.Tests.Reminders;

/// <summary>Reminders of the host's grains are in the job store and outlive the silo that registered them.</summary>
public sealed class StoredReminderTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Reminder_OnSqlite_TicksAgainAfterARestart()
    {
        var file = Path.Combine(TestMachine.NewFolder("reminders"), "molino.db");
        await TicksAfterARestartAsync(new() { ["Store:Path"] = file });
    }

    [Fact]
    public async Task Reminder_OnRedis_TicksInASiloThatDidNotRegisterIt()
    {
        await using var redis = await RedisServer.StartAsync();
        await TicksAfterARestartAsync(new()
        {
            ["Store:Kind"] = "Redis",
            ["Store:Redis"] = redis.Address,
            ["Store:Path"] = Path.Combine(TestMachine.NewFolder("reminders"), "molino.db"),
            ["Cluster:SiloPort"] = "0",
        });
    }

    private static async Task TicksAfterARestartAsync(Dictionary<string, string?> settings)
    {
        await using (var first = await StartAsync(settings))
        {
            await BellOf(first).RegisterAsync("kept", TimeSpan.Zero, Period);
            await BellOf(first).RegisterAsync("ended", TimeSpan.FromHours(1), Period);
            await RingsOf(first).SeenAsync("b kept");
        }

        await using var second = await StartAsync(settings);
        await RingsOf(second).SeenAsync("b kept");
        (await BellOf(second).NamesAsync()).Order(StringComparer.Ordinal).ShouldBe(["ended", "kept"]);
        (await BellOf(second).UnregisterAsync("ended")).ShouldBeTrue();
        (await BellOf(second).UnregisterAsync("ended")).ShouldBeFalse();
        (await BellOf(second).NamesAsync()).ShouldBe(["kept"]);
        RingsOf(second).Has("b ended").ShouldBeFalse();
    }

    private static IBellGrain BellOf(MolinoTestHost host) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBellGrain>("b");

    private static Rings RingsOf(MolinoTestHost host) => host.Services.GetRequiredService<Rings>();

    private static Task<MolinoTestHost> StartAsync(Dictionary<string, string?> settings) => MolinoTestHost.StartAsync(
        molino =>
        {
            molino.AddJob<CountHandler>();
            molino.Services.AddSingleton<Rings>();
            molino.Services.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = Period);
        },
        settings);
}
