namespace Molino.Chaos.Tests.Checking;

public sealed class HealsByItselfTests
{
    [Fact]
    public void Silo_ReadyASecondAfterRedis_IsRight() => new Story().Fault(5, 7, FaultKind.Redis).Healed(8, 1, 7).Check().ShouldBeEmpty();

    [Fact]
    public void Silo_ReadyTenSecondsAfterRedis_IsReported() => new Story().Fault(5, 7, FaultKind.Redis).Healed(17, 1, 7).Broken("P8").ShouldContain("10.0 s after Redis was back");

    [Fact]
    public void Silo_ThatWasPausedMeanwhile_IsNotJudged() => new Story().Fault(5, 7, FaultKind.Redis).Fault(4, 19, FaultKind.Pause, 1).Healed(20, 1, 7).Check().ShouldBeEmpty();

    [Fact]
    public void Silo_OnAMachineThatDidNotKeepUp_IsNotJudged() => new Story().Fault(5, 7, FaultKind.Redis).Stalled(10, 2).Healed(17, 1, 7).Check().ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    public void Submit_ThatIsToBeTriedAgain_IsRight(int status) => new Story().Refuse(5, status).Check().ShouldBeEmpty();

    [Fact]
    public void Submit_RefusedForAnotherReason_IsReported() => new Story().Refuse(5, 500).Broken("P8").ShouldContain("answered the submit of key with 500: why");

    [Fact]
    public void Silo_ThatEndsByItself_IsReported() => new Story().Gone(5, 2, byItself: true).Broken("P8").ShouldContain("silo 2 ended by itself");

    [Fact]
    public void Silo_ThatEndsWhileRedisIsAway_IsRight() => new Story().Fault(4, 6, FaultKind.Redis).Gone(5, 2, byItself: true).Check().ShouldBeEmpty();
}
