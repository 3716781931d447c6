using Molino.Chaos.Silo;
using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

public sealed class NoNeedlessRepeatTests
{
    [Fact]
    public void SecondRun_WhileTheFirstGoesOn_IsReported() => Twice(firstEnds: 9).Broken("P3").ShouldContain("run two started while run one went on, on a silo that was never away");

    [Fact]
    public void SecondRun_AfterTheFirstEndedWell_IsReported() => Twice(firstEnds: 4).Broken("P3").ShouldContain("although run one had ended well");

    [Fact]
    public void SecondRun_AfterTheFirstFailed_IsRight() => Twice(firstEnds: 4, WorkRecord.Failed).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterTheFirstWasStopped_IsRight() => Twice(firstEnds: 4, nameof(StopReason.Draining)).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterTheFirstsSiloDied_IsRight() => Twice(firstEnds: null).Fault(4, 10, FaultKind.Kill, 1).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterTheFirstsSiloWasPaused_IsRight() => Twice(firstEnds: 20).Fault(2.5, 17.5, FaultKind.Pause, 1).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterTheFirstsSiloWasRemoved_IsRight() => Twice(firstEnds: 9).Removed(1).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterAnotherSiloDied_IsReported() => Twice(firstEnds: 9).Fault(4, 10, FaultKind.Kill, 3).Broken("P3").ShouldContain("went on");

    [Fact]
    public void SecondRun_AfterACutTooShortForARemoval_IsReported() => Twice(firstEnds: 9).Fault(2.5, 4.5, FaultKind.CutRedis, 1).Broken("P3").ShouldContain("went on");

    [Fact]
    public void SecondRun_AfterRedisLostTheFirst_IsRight() => Twice(firstEnds: 4).Fault(4.5, 5, FaultKind.Redis).Check().ShouldBeEmpty();

    [Fact]
    public void SecondRun_AfterRedisWithFsyncAlwaysWasKilled_IsReported() =>
        Twice(firstEnds: 4, story: new Story { FsyncAlways = true }).Fault(4.5, 5, FaultKind.Redis).Broken("P3").ShouldContain("had ended well");

    [Fact]
    public void Start_AfterTheEndWasSeen_IsReported() => Late().Check().ShouldContain(violation => violation.Text.Contains("after the job had been seen Succeeded"));

    [Fact]
    public void Start_AfterTheEndWasSeenOnASiloThatWasPaused_IsReported() =>
        Late().Fault(1.5, 5.9, FaultKind.Pause, 2).Removed(2).Check().ShouldContain(violation => violation.Text.Contains("after the job had been seen Succeeded"));

    [Fact]
    public void Start_AfterTheEndWasSeenOnASiloThatWasRemovedWithoutNoticing_IsRight() =>
        Late().Removed(2).Check().ShouldNotContain(violation => violation.Text.Contains("after the job had been seen Succeeded"));

    /// <summary>Run one on silo 1 is seen to have succeeded at 5; run two begins at 6 on silo 2.</summary>
    private static Story Late() =>
        new Story().Submit(1, "a").Start(2, "a", "one", 1).End(3, "a", "one", 1).See(5, "a", JobStatus.Succeeded, "one").StartOnly(6, "a", "two", 2).End(6.5, "a", "two", 2, WorkRecord.Failed)
            .Succeed("a", "one");

    /// <summary>Run one begins at 2 on silo 1, run two at 7 on silo 2, which succeeds.</summary>
    private static Story Twice(double? firstEnds, string outcome = WorkRecord.Ok, Story? story = null)
    {
        story = (story ?? new Story()).Submit(1, "a", fails: outcome == WorkRecord.Failed ? 1 : 0).Start(2, "a", "one", 1);
        if (firstEnds is { } end) story.End(end, "a", "one", 1, outcome);
        return story.Start(7, "a", "two", 2).End(8, "a", "two", 2).Succeed("a", "two");
    }
}
