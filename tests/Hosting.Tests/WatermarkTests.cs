using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting.Tests;

/// <summary>Marks of memory: refused above, taken again only below the gap, warned near.</summary>
public sealed class WatermarkTests
{
    private static readonly StoreCondition Well = new(true, null, null, DateTimeOffset.UnixEpoch);

    [Fact]
    public void Watermark_GoesUpAndDown_RefusesFromTheMarkUntilBelowTheGap()
    {
        var mark = new Watermark(80, TimeProvider.System);
        foreach (var (percent, above, near) in new[] { (10, false, false), (76, false, true), (80, true, true), (78, true, true), (75, true, true), (74, false, false), (79, false, true) })
        {
            mark.Look(percent);
            (mark.IsAbove, mark.IsNear).ShouldBe((above, near), $"{percent} %");
        }
    }

    [Fact]
    public void Watermark_Of100_IsNone()
    {
        var mark = new Watermark(100, TimeProvider.System);
        mark.Look(100);
        (mark.IsAbove, mark.IsNear).ShouldBe((false, false));
    }

    [Fact]
    public void ProcessMemory_PassesTheMark_RefusesWithStoreFull_AndHealsBelow()
    {
        long used = 10;
        var time = new StepTime();
        var memory = new ProcessMemory(90, time, () => (used, 100));
        memory.Check();
        SiloHealth.Of(memory.Judge(Well), null, [], draining: false, []).Parts!["store"].Status.ShouldBe("ok");
        Next(86);
        SiloHealth.Of(memory.Judge(Well), null, [], draining: false, []).Parts!["store"].ShouldSatisfyAllConditions(
            part => part.Status.ShouldBe("degraded"), part => part.Code.ShouldBe(ErrorCodes.StoreNearlyFull));
        Next(95);
        Should.Throw<StoreException>(memory.Check).Code.ShouldBe(ErrorCodes.StoreFull);
        var health = SiloHealth.Of(memory.Judge(Well), null, [], draining: false, []);
        (health.Status, health.Parts!["store"].Status, health.Parts["store"].Code).ShouldBe(("not_ready", "down", ErrorCodes.StoreFull));
        Next(86);
        Should.Throw<StoreException>(memory.Check).Code.ShouldBe(ErrorCodes.StoreFull);
        Next(84);
        memory.Check();

        void Next(long percent)
        {
            used = percent;
            time.Timestamp += time.TimestampFrequency * 2;
        }
    }

    /// <summary>Time that goes on when it is told to.</summary>
    private sealed class StepTime : TimeProvider
    {
        public long Timestamp { get; set; } = 1;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Timestamp;
    }
}
