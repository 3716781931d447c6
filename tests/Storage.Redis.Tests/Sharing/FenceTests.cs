using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Sharing;

/// <summary>A silo whose incarnation was removed can do no more harm, however long it was away.</summary>
public sealed class FenceTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public async Task RemovedSilo_IsRefusedWhateverItWrites(int? stateDatabase)
    {
        await using var paused = await OpenAsync("silo-1/1");
        await using var other = await OpenAsync("silo-2/1");
        await paused.SubmitManyAsync(3);
        var job = (await paused.LeaseAsync(1))[0];
        (await other.Jobs.RecoverAsync("silo-1/1", Stop)).ShouldBe(1);
        (await TestStore.CodeOfAsync(() => paused.ApplyAsync(TestStore.Succeed(job)))).ShouldBe(ErrorCodes.SiloRemoved);
        (await TestStore.CodeOfAsync(() => paused.LeaseAsync(1))).ShouldBe(ErrorCodes.SiloRemoved);
        (await TestStore.CodeOfAsync(() => paused.Faces.State.WriteAsync("t", "i", "n", "x"u8.ToArray(), null, Stop))).ShouldBe(ErrorCodes.SiloRemoved);
        (await TestStore.CodeOfAsync(() => paused.Membership.BeatAsync(1, Stop))).ShouldBe(ErrorCodes.SiloRemoved);
        (await paused.Faces.Content.PutDataAsync(job.Id, job.Token, "k", "x"u8.ToArray(), Stop)).ShouldBeFalse();
        paused.Jobs.Condition.Code.ShouldBe(ErrorCodes.SiloRemoved);
        (await other.LeaseAsync(1))[0].Id.ShouldBe(job.Id);
        (await other.Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(3);

        Task<TestStore> OpenAsync(string silo) => TestStore.OpenAsync(_server.Address, silo, options => options.StateDatabase = stateDatabase);
    }

    [Fact]
    public async Task RemovedSilo_GetsNoLeaseThroughAnother()
    {
        await using var other = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await other.SubmitManyAsync(3);
        await other.LeaseAsync(1, silo: "silo-1/1");
        await other.Jobs.RecoverAsync("silo-1/1", Stop);
        (await TestStore.CodeOfAsync(() => other.LeaseAsync(1, silo: "silo-1/1"))).ShouldBe(ErrorCodes.SiloRemoved);
        other.Jobs.Condition.Ready.ShouldBeTrue();
        (await other.LeaseAsync(3)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task RemovedIncarnation_CannotOpenAgain_TheNextCan()
    {
        await using var other = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await other.Jobs.RecoverAsync("silo-1/1", Stop);
        (await TestStore.CodeOfAsync(() => TestStore.OpenAsync(_server.Address, "silo-1/1"))).ShouldBe(ErrorCodes.SiloRemoved);
        await using var next = await TestStore.OpenAsync(_server.Address, "silo-1/2");
        (await next.SubmitAsync()).IsStored.ShouldBeTrue();
    }

    [Fact]
    public async Task Recover_WhileTheSiloLeases_LeavesNoLeaseBehind()
    {
        await using var paused = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        await using var other = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        await paused.SubmitManyAsync(1000);
        var leasing = Task.Run(async () =>
        {
            while (true) await paused.LeaseAsync(5);
        });
        await TestStore.UntilAsync(() => paused.Faces.Events.Head.Sequence > 1050);
        await other.Jobs.RecoverAsync("silo-1/1", Stop);
        (await TestStore.CodeOfAsync(() => leasing)).ShouldBe(ErrorCodes.SiloRemoved);
        (await other.Jobs.LeasesAsync("silo-1/1", Stop)).ShouldBeEmpty();
        (await other.Jobs.LeaseHoldersAsync(Stop)).ShouldBeEmpty();
        (await other.Jobs.QueueAsync("default", Stop)).ShouldNotBeNull().Queued.ShouldBe(1000);
    }
}
