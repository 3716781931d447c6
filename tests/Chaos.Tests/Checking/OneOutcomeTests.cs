using Molino.Chaos.Silo;
using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

public sealed class OneOutcomeTests
{
    [Fact]
    public void Outcome_SeenAndLaterAnother_HasChanged() =>
        Ran().See(5, "a", JobStatus.Failed).See(8, "a", JobStatus.Succeeded, "r").Succeed("a", "r").Broken("P2").ShouldContain("was seen Failed, and later Succeeded by run r");

    [Fact]
    public void Outcome_SeenAndLaterNotFinished_HasChanged() =>
        Ran().See(5, "a", JobStatus.Succeeded, "r").See(8, "a", JobStatus.Running).Succeed("a", "r").Broken("P2").ShouldContain("later Running");

    [Fact]
    public void Result_OfAnotherRunThanSeen_HasChanged() =>
        Ran().Fault(2.5, 3, FaultKind.Kill, 1).Start(10, "a", "r2", 2).End(11, "a", "r2", 2)
            .See(5, "a", JobStatus.Succeeded, "r").Succeed("a", "r2").Check().ShouldContain(violation => violation.Promise == "P2" && violation.Text.Contains("by run r, and later"));

    [Fact]
    public void Look_ThatWasSentBeforeTheEndWasSeen_MayBeOlder() =>
        Ran().See(5, "a", JobStatus.Succeeded, "r").See(5.5, "a", JobStatus.Running).Succeed("a", "r").Check().ShouldBeEmpty();

    [Fact]
    public void Outcome_SeenJustBeforeRedisWasKilled_MayBeLost() =>
        Ran().See(5, "a", JobStatus.Succeeded, "r").Fault(5.5, 6, FaultKind.Redis).See(8, "a", JobStatus.Queued).Succeed("a", "r").Check().ShouldBeEmpty();

    [Fact]
    public void EventLog_WithTwoEnds_IsReported() =>
        Ran().Log("a", JobEventKind.AttemptFailed, JobStatus.Failed).Succeed("a", "r").Broken("P2").ShouldContain("reached an end 2 times: AttemptFailed, Succeeded");

    [Fact]
    public void EventLog_WithoutTheEnd_IsReported() => Ran().Last("a", JobStatus.Succeeded, "r").Broken("P2").ShouldContain("the event log has no end");

    [Fact]
    public void EventLog_WithAnotherEnd_IsReported() =>
        Ran().Cancel(2, "a").Log("a", JobEventKind.CancelConfirmed, JobStatus.Cancelled).Last("a", JobStatus.Succeeded, "r").Broken("P2").ShouldContain("and Cancelled in the event log");

    [Fact]
    public void Silos_ThatDisagreeAtTheEnd_AreReported() =>
        Ran().Cancel(2, "a").Log("a", JobEventKind.Succeeded, JobStatus.Succeeded).See(900, "a", JobStatus.Cancelled, node: 2, final: true).See(900.5, "a", JobStatus.Succeeded, "r", node: 3, final: true)
            .Broken("P2").ShouldContain("Cancelled for one silo and Succeeded by run r for another");

    [Fact]
    public void Result_OfARunThatNobodyMade_IsReported() => Ran().Succeed("a", "other").Broken("P2").ShouldContain("succeeded by run other, which never ended well");

    [Fact]
    public void Result_OfARunThatFailed_IsReported() =>
        new Story().Submit(1, "a", fails: 1).Start(2, "a", "r", 1).End(3, "a", "r", 1, WorkRecord.Failed).Succeed("a", "r").Broken("P2").ShouldContain("never ended well");

    [Fact]
    public void Failure_OfAJobThatWasToSucceed_IsReported() =>
        Ran().Log("a", JobEventKind.AttemptFailed, JobStatus.Failed).Last("a", JobStatus.Failed, error: "Oops").Broken("P2").ShouldContain("failed (Oops)");

    [Fact]
    public void Failure_OfAJobThatWasToFail_IsRight() =>
        new Story().Submit(1, "a", fails: JobPlan.MaxAttempts).Start(2, "a", "r", 1).End(3, "a", "r", 1, WorkRecord.Failed).Log("a", JobEventKind.AttemptFailed, JobStatus.Failed)
            .Last("a", JobStatus.Failed, error: "InvalidOperationException").Check().ShouldBeEmpty();

    [Fact]
    public void Cancellation_ThatNobodyAskedFor_IsReported() =>
        Ran().Log("a", JobEventKind.CancelConfirmed, JobStatus.Cancelled).Last("a", JobStatus.Cancelled).Broken("P2").ShouldContain("nobody asked");

    private static Story Ran() => new Story().Submit(1, "a").Start(2, "a", "r", 1).End(3, "a", "r", 1);
}
