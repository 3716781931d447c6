using Microsoft.Extensions.DependencyInjection;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Time;

/// <summary>A silo's clock is the server's.</summary>
public sealed class StoreTimeTests
{
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Clock_OfAMachineThatIsAnHourOff_IsTheServersOnceTheStoreIsOpen()
    {
        await using var server = await RedisServer.StartAsync();
        var clock = new StoreTime(new SteppedTime(TimeSpan.FromHours(1)));
        await using var services = RedisHarness.Build(server.Address, clock);
        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).ShouldBe(TimeSpan.FromHours(1), Near);

        await services.GetRequiredService<IJobStore>().OpenAsync("silo-1/1", CancellationToken.None);

        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).ShouldBe(TimeSpan.Zero, Near);
    }

    [Fact]
    public void Clock_SteppedWhileItRuns_GoesOnAsTheServers()
    {
        var machine = new SteppedTime(TimeSpan.Zero);
        var clock = new StoreTime(machine);
        clock.Follow(clock.GetTimestamp(), TimeProvider.System.GetUtcNow());

        machine.Offset = TimeSpan.FromHours(-2);

        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).ShouldBe(TimeSpan.Zero, Near);
    }

    [Fact]
    public void Clock_WhoseServerWasSteppedItself_FollowsIt()
    {
        var clock = new StoreTime(TimeProvider.System);

        clock.Follow(clock.GetTimestamp(), TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1));

        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).ShouldBe(TimeSpan.FromDays(1), Near);
    }

    [Fact]
    public void Store_WithoutAClockOfTheHost_BringsItsOwn()
    {
        using var services = new ServiceCollection().AddRedisStore(options => options.Connection = "127.0.0.1:1").BuildServiceProvider();

        services.GetRequiredService<TimeProvider>().ShouldBeOfType<StoreTime>();
    }
}
