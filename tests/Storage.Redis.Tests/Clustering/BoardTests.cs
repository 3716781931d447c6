using Molino.Clustering;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Clustering;

public sealed class BoardTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Posts_OfAll_AreReadWithTheirAges()
    {
        await using var one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await one.Board.PostAsync("first"u8.ToArray(), Stop);
        await two.Board.PostAsync("other"u8.ToArray(), Stop);
        await one.Board.PostAsync(new byte[] { 0, 255, 13, 10 }, Stop);

        var seen = (await two.Board.ReadAsync(Stop)).OrderBy(notice => notice.Silo, StringComparer.Ordinal).ToList();

        seen.ConvertAll(notice => notice.Silo).ShouldBe(["silo-1/1", "silo-2/1"]);
        seen[0].Report.ToArray().ShouldBe([0, 255, 13, 10]);
        seen.ShouldAllBe(notice => !notice.Removed && notice.Age >= TimeSpan.Zero && notice.Age < TimeSpan.FromSeconds(20));
        await one.Board.LeaveAsync(Stop);
        (await two.Board.ReadAsync(Stop)).ShouldHaveSingleItem().Silo.ShouldBe("silo-2/1");
    }

    [Fact]
    public async Task Orders_AreHeardWithTheNextPostAndNumbered()
    {
        await using var one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        (await one.Board.InstructAsync("silo-2/1", "Drain", Stop)).ShouldBeNull(); // it has put up nothing
        (await two.Board.PostAsync("x"u8.ToArray(), Stop)).ShouldBeNull();

        var first = await one.Board.InstructAsync("silo-2/1", "Drain", Stop);
        (await two.Board.PostAsync("x"u8.ToArray(), Stop)).ShouldBe(new SiloInstruction(first!.Value, "Drain"));
        var second = await one.Board.InstructAsync("silo-2/1", "Resume", Stop);

        second!.Value.ShouldBeGreaterThan(first.Value);
        (await two.Board.PostAsync("x"u8.ToArray(), Stop)).ShouldBe(new SiloInstruction(second.Value, "Resume"));
        (await one.Board.PostAsync("x"u8.ToArray(), Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task RemovedSilo_IsMarkedAndMayNotPost()
    {
        await using var one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await two.Board.PostAsync("x"u8.ToArray(), Stop);

        await one.Jobs.RecoverAsync("silo-2/1", Stop);

        (await one.Board.ReadAsync(Stop)).ShouldHaveSingleItem().Removed.ShouldBeTrue();
        (await TestStore.CodeOfAsync(() => two.Board.PostAsync("y"u8.ToArray(), Stop))).ShouldBe(ErrorCodes.SiloRemoved);
    }
}
