using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

public sealed class FastRecoveryTests
{
    [Fact]
    public void WorkOfADeadSilo_ThatRunsElsewhereAfterSevenSeconds_IsRight()
    {
        var story = Killed(again: 12);

        story.Check().ShouldBeEmpty();
        FastRecovery.Recoveries(story.History).Select(recovery => recovery.Next!.Name).ShouldBe(["two"]);
    }

    [Fact]
    public void WorkOfADeadSilo_ThatRunsElsewhereAfterTwentySeconds_IsTooLate() => Killed(again: 25).Broken("P4").ShouldContain("ran again after 20.0 s");

    [Fact]
    public void WorkOfAPausedSilo_ThatRunsElsewhereAfterTwentySeconds_IsTooLate() =>
        new Story().Submit(1, "a").Start(2, "a", "one", 1).Fault(5, 20, FaultKind.Pause, 1).Start(25, "a", "two", 2).End(26, "a", "two", 2).Succeed("a", "two").Broken("P4").ShouldContain("20.0 s");

    [Fact]
    public void WorkOfADeadSilo_ThatNeverRunsAgain_IsReportedTwice() =>
        new Story().Submit(1, "a").Start(2, "a", "one", 1).Fault(5, 30, FaultKind.Kill, 1).Last("a", JobStatus.Queued).Check().Select(violation => violation.Promise).ShouldBe(["P1", "P4"]);

    [Fact]
    public void LateWork_OnAMachineThatDidNotKeepUp_IsNotJudged() => Killed(again: 25).Stalled(9, 2).Check().ShouldBeEmpty();

    [Fact]
    public void LateWork_WhileRedisWasAway_IsNotJudged() => Killed(again: 25).Fault(7, 9, FaultKind.Redis).Check().ShouldBeEmpty();

    [Fact]
    public void LateWork_WhileAllOthersWereInTrouble_IsNotJudged() => Killed(again: 25).Fault(6, 21, FaultKind.Pause, 2).Fault(6, 20, FaultKind.CutRedis, 3).Check().ShouldBeEmpty();

    [Fact]
    public void LateWork_BehindAJobOfItsPriority_IsNotJudged() =>
        Killed(again: 25).Submit(6, "b").Start(24, "b", "other", 3).End(24.5, "b", "other", 3).Succeed("b", "other").Check().ShouldBeEmpty();

    /// <summary>Silo 1 is killed at 5, with a run on it.</summary>
    private static Story Killed(double again) =>
        new Story().Submit(1, "a").Start(2, "a", "one", 1).Fault(5, 30, FaultKind.Kill, 1).Start(again, "a", "two", 2).End(again + 1, "a", "two", 2).Succeed("a", "two");
}
