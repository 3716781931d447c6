using Molino.Clustering;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Clustering;

public sealed class MembershipTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task View_ChangedByTwo_OneWinsEachVersion()
    {
        await using var one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        (await one.Membership.ReadAsync(Stop)).ShouldBe(MembershipDocument.None);
        for (var version = 0; version < 30; version++)
        {
            var both = await Task.WhenAll(one.Membership.TryWriteAsync(version, new byte[] { 1 }, Stop), two.Membership.TryWriteAsync(version, new byte[] { 2 }, Stop));
            both.Count(won => won).ShouldBe(1);
            var view = await two.Membership.ReadAsync(Stop);
            view.Version.ShouldBe(version + 1);
            view.Content.ToArray().ShouldBe([(byte)(both[0] ? 1 : 2)]);
        }
    }

    [Fact]
    public async Task Beats_OfAll_AreReadInOneCall()
    {
        await using var one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await one.Membership.BeatAsync(1, Stop);
        await two.Membership.BeatAsync(7, Stop);
        await one.Membership.BeatAsync(2, Stop);
        (await one.Membership.ReadBeatsAsync(Stop)).ShouldBe([new SiloBeat("silo-1/1", 2), new SiloBeat("silo-2/1", 7)], ignoreOrder: true);
        await one.Membership.ForgetAsync("silo-2/1", Stop);
        (await one.Membership.ReadBeatsAsync(Stop)).ShouldHaveSingleItem().Silo.ShouldBe("silo-1/1");
    }
}
