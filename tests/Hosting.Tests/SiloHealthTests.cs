using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting.Tests;

/// <summary>How the parts' states make the silo's.</summary>
public sealed class SiloHealthTests
{
    private static readonly StoreCondition Well = new(true, null, null, DateTimeOffset.UnixEpoch);
    private static readonly PoolSnapshot Pool = new("default", "inline", [], 2, 0, 0, 0, Stalled: false);

    [Fact]
    public void Health_WithAllWell_IsReady() => SiloHealth.Of(Well, [Pool], stopping: false).Status.ShouldBe("ready");

    [Fact]
    public void Health_WithTheStoreDown_SaysWhy()
    {
        var health = SiloHealth.Of(new StoreCondition(false, "store_full", "The disk is full.", DateTimeOffset.UnixEpoch), [Pool], stopping: false);

        health.Status.ShouldBe("not_ready");
        health.Parts!["store"].Code.ShouldBe("store_full");
    }

    [Theory]
    [InlineData(0, true, "down", "stalled", "not_ready")]
    [InlineData(1, false, "degraded", "slots_lost", "ready")]
    [InlineData(2, false, "down", "stuck", "not_ready")]
    public void Health_OfAPool_FollowsItsSlots(int lost, bool stalled, string status, string code, string whole)
    {
        var health = SiloHealth.Of(Well, [Pool with { Lost = lost, Stalled = stalled }], stopping: false);

        (health.Parts!["pool:default"].Status, health.Parts["pool:default"].Code, health.Status).ShouldBe((status, code, whole));
    }

    [Fact]
    public void Health_WhileStopping_IsNotReady() => SiloHealth.Of(Well, [Pool], stopping: true).Parts!["silo"].Code.ShouldBe("draining");
}
