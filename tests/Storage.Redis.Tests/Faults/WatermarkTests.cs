using System.Globalization;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Faults;

/// <summary>A server with little memory: new jobs are refused before it is full, the rest goes on, and it heals by itself.</summary>
public sealed class WatermarkTests
{
    private static readonly RetentionLimits KeepNothing = new() { Succeeded = TimeSpan.Zero, Events = TimeSpan.Zero };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MemoryFills_SubmitsAreRefusedBeforeItIsFull_EndsDrainIt_AndSubmitsAreTakenAgain()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "24mb", "--maxmemory-policy", "noeviction");
        await using var store = await TestStore.OpenAsync(server.Address, configure: options => options.MemoryHighPercent = 70);
        var accepted = 0;
        for (; await UsedAsync(server) < 66 * (24L << 20) / 100; accepted += 500) await store.SubmitManyAsync(500);
        await TestStore.UntilAsync(() => store.Jobs.Condition is { Ready: true, Code: ErrorCodes.StoreNearlyFull });
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(25)); // the server is looked at once a second
        var code = await TestStore.CodeOfAsync(async () =>
        {
            while (await pace.WaitForNextTickAsync(Stop))
            {
                await store.SubmitManyAsync(500);
                accepted += 500;
            }
        });

        code.ShouldBe(ErrorCodes.StoreFull);
        (store.Jobs.Condition.Ready, store.Jobs.Condition.Code).ShouldBe((false, ErrorCodes.StoreFull));
        (await UsedAsync(server)).ShouldBeLessThan(24L << 20);
        var done = 0;
        IReadOnlyList<JobChange> ends = [];
        while (done < accepted)
        {
            var jobs = await store.LeaseAsync(500, ends);
            done += ends.Count;
            ends = [.. jobs.Select(job => TestStore.Succeed(job))];
            while (await store.Faces.Upkeep.SweepAsync(KeepNothing, Stop))
            {
            }
        }

        (await server.CommandAsync("INFO", "errorstats")).ShouldNotContain("OOM");
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready);
        (await store.SubmitAsync()).IsStored.ShouldBeTrue();
    }

    private static async Task<long> UsedAsync(RedisServer server) =>
        long.Parse(await server.CommandAsync("EVAL", "return redis.call('INFO', 'memory'):match('used_memory:(%d+)')", "0"), CultureInfo.InvariantCulture);
}
