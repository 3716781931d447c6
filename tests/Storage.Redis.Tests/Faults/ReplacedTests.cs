using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Faults;

/// <summary>Another store, or none, is behind the connection.</summary>
public sealed class ReplacedTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EmptiedWhileOpen_IsNotReadyUntilAccepted()
    {
        await using var store = await TestStore.OpenAsync(_server.Address, configure: options => options.Timeout = TimeSpan.FromMilliseconds(500));
        await store.SubmitManyAsync(5);
        var (before, head) = (store.Jobs.Identity, store.Faces.Events.Head);
        await _server.CommandAsync("FLUSHALL");
        (await TestStore.CodeOfAsync(() => store.LeaseAsync(1))).ShouldBe(ErrorCodes.StoreReplaced);
        store.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreReplaced);
        (await TestStore.CodeOfAsync(() => store.SubmitAsync())).ShouldBe(ErrorCodes.StoreReplaced);
        store.Replacement.Accept();
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready);
        store.Jobs.Identity.Key.ShouldNotBe(before.Key);
        store.Jobs.Identity.Generation.ShouldBeGreaterThan(before.Generation);
        await store.SubmitManyAsync(7);
        (await store.Faces.Events.ReadAsync(head, 100, null, Stop)).Reset.ShouldBeTrue();
    }

    [Fact]
    public async Task EmptiedWhileNobodyAsks_IsNoticed()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        await _server.CommandAsync("FLUSHALL");
        await TestStore.UntilAsync(() => store.Jobs.Condition.Code == ErrorCodes.StoreReplaced);
    }

    [Fact]
    public async Task OtherThanTheKeyExpected_OpensButIsNotReady()
    {
        await using (var first = await TestStore.OpenAsync(_server.Address)) await first.SubmitAsync();
        await using var store = await TestStore.OpenAsync(_server.Address, "silo-2/1", options =>
        {
            options.ExpectedKey = "another";
            options.Timeout = TimeSpan.FromMilliseconds(500);
        });
        store.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreReplaced);
        (await TestStore.CodeOfAsync(() => store.LeaseAsync(1))).ShouldBe(ErrorCodes.StoreReplaced);
        store.Replacement.Accept();
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready);
        (await store.LeaseAsync(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AcceptedByOne_OthersThatKnewTheOldStoreFollow()
    {
        await using var one = await TestStore.OpenAsync(_server.Address);
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        var known = one.Jobs.Identity;
        await _server.CommandAsync("FLUSHALL");
        await TestStore.UntilAsync(() => one.Jobs.Condition.Code == ErrorCodes.StoreReplaced && two.Jobs.Condition.Code == ErrorCodes.StoreReplaced);

        one.Replacement.Accept();
        await TestStore.UntilAsync(() => one.Jobs.Condition.Ready && two.Jobs.Condition.Ready);

        two.Jobs.Identity.Key.ShouldBe(one.Jobs.Identity.Key);
        two.Jobs.Identity.Key.ShouldNotBe(known.Key);
        two.Jobs.Identity.Generation.ShouldBeGreaterThan(known.Generation);
        await using var late = await TestStore.OpenAsync(_server.Address, "silo-3/1", options => options.ExpectedKey = known.Key);
        late.Jobs.Condition.Ready.ShouldBeTrue();
        await using var stranger = await TestStore.OpenAsync(_server.Address, "silo-4/1", options => options.ExpectedKey = "another");
        stranger.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreReplaced);
    }

    [Fact]
    public async Task NewerLayout_IsRefused()
    {
        await using (await TestStore.OpenAsync(_server.Address))
        {
        }

        await _server.CommandAsync("HSET", "test:meta", "layout", "99");
        (await TestStore.CodeOfAsync(() => TestStore.OpenAsync(_server.Address, "silo-1/2"))).ShouldBe(ErrorCodes.StoreTooNew);
    }
}
