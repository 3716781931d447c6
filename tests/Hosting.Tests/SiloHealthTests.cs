using Molino.Client;
using Molino.Clustering;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting.Tests;

/// <summary>How the parts' states make the silo's.</summary>
public sealed class SiloHealthTests
{
    private static readonly StoreCondition Well = new(true, null, null, DateTimeOffset.UnixEpoch);
    private static readonly PoolSnapshot Pool = new("default", "inline", [], 2, 0, 0, 0, Stalled: false);

    [Fact]
    public void Health_WithAllWell_IsReady() => Of(Well).Status.ShouldBe("ready");

    [Fact]
    public void Health_WithTheStoreDown_SaysWhy()
    {
        var health = Of(new StoreCondition(false, "store_full", "The disk is full.", DateTimeOffset.UnixEpoch));

        health.Status.ShouldBe("not_ready");
        health.Parts!["store"].Code.ShouldBe("store_full");
    }

    [Theory]
    [InlineData(0, true, "down", "stalled", "not_ready")]
    [InlineData(1, false, "degraded", "slots_lost", "ready")]
    [InlineData(2, false, "down", "stuck", "not_ready")]
    public void Health_OfAPool_FollowsItsSlots(int lost, bool stalled, string status, string code, string whole)
    {
        var health = Of(Well, pool: Pool with { Lost = lost, Stalled = stalled });

        (health.Parts!["pool:default"].Status, health.Parts["pool:default"].Code, health.Status).ShouldBe((status, code, whole));
    }

    [Fact]
    public void Health_WhileDraining_IsNotReady() => Of(Well, draining: true).Parts!["silo"].Code.ShouldBe("draining");

    [Fact]
    public void Health_OfAStoreThatDidNotAnswerJustNow_IsDownBeforeTheStoreNotices()
    {
        var health = Of(Well, problem: new StoreException("store_unavailable", "It did not answer."));

        (health.Status, health.Parts!["store"].Code).ShouldBe(("not_ready", "store_unavailable"));
    }

    [Fact]
    public void Health_WithASilentMember_IsDegradedAndReady()
    {
        var silos = new[] { Silo("one", "active"), Silo("two", "suspect"), Silo("three", "draining"), Silo("four", "dead") };

        var health = Of(Well, silos: silos);

        var part = health.Parts!["cluster"];
        (health.Status, part.Status, part.Members).ShouldBe(("ready", "degraded", 3));
        part.Suspects.ShouldBe(["two"]);
    }

    [Theory]
    [InlineData(2.9, false, "active", 2)]
    [InlineData(3.1, false, "suspect", 2)]
    [InlineData(0.1, true, "dead", 0)]
    public void Silo_IsJudgedByWhenItWasHeardLast(double age, bool removed, string status, int running)
    {
        var report = new SiloReport(Silo("one", "active") with { Running = 2 }, [], 0);

        var view = SiloStatus.Of(report, new SiloNotice("one", default, TimeSpan.FromSeconds(age), removed), TimeSpan.Zero);

        (view.Status, view.Running).ShouldBe((status, running));
    }

    private static SiloView Silo(string id, string status) => new(id, "0.1.0", DateTimeOffset.UnixEpoch, status);

    private static HealthView Of(
        StoreCondition store, StoreException? problem = null, PoolSnapshot? pool = null, bool draining = false, IReadOnlyList<SiloView>? silos = null) =>
        SiloHealth.Of(store, problem, [pool ?? Pool], draining, silos ?? [Silo("one", "active")]);
}
