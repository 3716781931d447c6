using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

public sealed class NothingIsLostTests
{
    [Fact]
    public void Jobs_ThatAllSucceed_BreakNothing() => new Story().Good(1, "a").Good(2, "b", node: 2).Fault(3, 6, FaultKind.Kill, 3).Good(7, "c").Check().ShouldBeEmpty();

    [Fact]
    public void AcknowledgedJob_ThatNoSiloKnowsAtTheEnd_IsLost() => new Story().Submit(1, "a").Last("a", null).Broken("P1").ShouldContain("is lost");

    [Fact]
    public void AcknowledgedJob_ThatIsQueuedAtTheEnd_IsNotFinished() => new Story().Submit(1, "a").Last("a", JobStatus.Queued).Broken("P1").ShouldContain("not finished, but Queued");

    [Fact]
    public void AcknowledgedJob_OfWhichNoSiloAnswersAtTheEnd_IsReported() => new Story().Submit(1, "a").Broken("P1").ShouldContain("no silo answers");

    [Fact]
    public void JobLost_AcknowledgedASecondBeforeRedisWasKilled_IsInTheWindow() => new Story().Submit(9, "a").Fault(10, 12, FaultKind.Redis).Last("a", null).Check().ShouldBeEmpty();

    [Fact]
    public void JobLost_AcknowledgedLongBeforeRedisWasKilled_IsLost() => new Story().Submit(5, "a").Fault(10, 12, FaultKind.Redis).Last("a", null).Broken("P1").ShouldContain("is lost");

    [Fact]
    public void JobLost_SentAfterRedisWasKilled_IsLost() => new Story().Submit(11, "a").Fault(10, 12, FaultKind.Redis).Last("a", null).Broken("P1").ShouldContain("is lost");

    [Fact]
    public void JobLost_WithFsyncAlways_IsLost() => new Story { FsyncAlways = true }.Submit(9.9, "a").Fault(10, 12, FaultKind.Redis).Last("a", null).Broken("P1").ShouldContain("is lost");

    [Fact]
    public void Key_ThatStandsForTwoJobs_IsReported() =>
        new Story().Good(1, "a").Submit(4, "b", key: "key-a").Start(5, "b", "r", 1).End(6, "b", "r", 1).Succeed("b", "r").Broken("P1").ShouldContain("key key-a stands for this job and for a");
}
