using System.Globalization;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Faults;

/// <summary>The server is there, but not as it should be.</summary>
public sealed class ServerStateTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ScriptsFlushed_AreSentAgain()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        await store.SubmitAsync();
        await _server.CommandAsync("SCRIPT", "FLUSH");
        (await store.SubmitAsync()).IsStored.ShouldBeTrue();
        (await store.LeaseAsync(5)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task MemoryFull_SubmitsAreRefusedByName()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        await store.SubmitAsync();
        await _server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");
        (await TestStore.CodeOfAsync(() => store.SubmitAsync())).ShouldBe(ErrorCodes.StoreFull);
        await _server.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        (await store.SubmitAsync()).IsStored.ShouldBeTrue();
        (await store.Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task PolicyThatThrowsKeysAway_IsRefusedWithWhatToDo()
    {
        await _server.CommandAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        var error = await Should.ThrowAsync<StoreException>(() => TestStore.OpenAsync(_server.Address));
        error.Message.ShouldContain("CONFIG SET maxmemory-policy noeviction");
    }

    [Fact]
    public async Task MemoryNearlyFull_NewJobsAreRefusedAndRunningOnesEnd()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        for (var i = 0; i < 20; i++) await store.SubmitManyAsync(1000);
        var job = (await store.LeaseAsync(1))[0];
        var used = long.Parse(await _server.CommandAsync("EVAL", "return redis.call('INFO', 'memory'):match('used_memory:(%d+)')", "0"), CultureInfo.InvariantCulture);
        await _server.CommandAsync("CONFIG", "SET", "maxmemory", (used * 105 / 100).ToString(CultureInfo.InvariantCulture));
        var code = await TestStore.CodeOfAsync(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(Stop)) await store.SubmitAsync();
        });
        code.ShouldBe(ErrorCodes.StoreFull);
        (await store.ApplyAsync(TestStore.Succeed(job))).Outcome.ShouldBe(ChangeOutcome.Applied);
    }
}
