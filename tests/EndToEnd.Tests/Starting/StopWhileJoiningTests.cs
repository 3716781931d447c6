using Molino.EndToEnd.Tests.Cluster;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Starting;

/// <summary>A silo that is stopped while it joins leaves the cluster in order; one that is removed meanwhile joins again. The steps are those of the embedded runtime, as its log names them.</summary>
public sealed class StopWhileJoiningTests
{
    [Theory]
    [InlineData("takes calls")]
    [InlineData("joined the cluster")]
    public Task JoiningSilo_AskedToStop_LeavesInOrder(string after) => ClusterTests.StopsWhileStartingAsync(after);

    [Fact]
    public async Task JoiningSilo_PausedUntilItIsRemoved_JoinsAgain()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await ThreeSilos.StartSiloAsync(redis.Address);
        await using var second = await ThreeSilos.StartSiloAsync(redis.Address);
        second.Terminate();
        (await second.WaitForExitAsync()).ShouldBe(0);

        var starting = second.StartAgainAsync();
        await SiloProcess.UntilAsync(() => Task.FromResult(second.Output.Split("joined the cluster").Length > 2));
        second.Pause();
        await SiloProcess.UntilAsync(() => Task.FromResult(first.Output.Contains("its beat has not changed", StringComparison.Ordinal)));
        await SiloProcess.UntilAsync(() => Task.FromResult(first.Output.Contains("is no member any more", StringComparison.Ordinal)));
        second.Resume();

        await starting;
        await SiloProcess.UntilAsync(() => Task.FromResult(second.Output.Contains("it starts anew", StringComparison.Ordinal)));
        await ThreeSilos.SeesAsync(first, 2);
    }
}
