namespace Molino.Chaos.Tests.Plans;

public sealed class FaultPlanTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Plan_OfTheSameSeed_IsTheSame(int seed) => Plan(seed).ToString().ShouldBe(Plan(seed).ToString());

    [Fact]
    public void Plan_OfAnotherSeed_IsAnother() => Plan(1).ToString().ShouldNotBe(Plan(3).ToString().Replace("seed 3", "seed 1", StringComparison.Ordinal));

    [Fact]
    public void Plan_OfMinutes_HasEveryKind() => Plan(5).Faults.Select(fault => fault.Kind).Distinct().Count().ShouldBe(FaultPlan.AllKinds.Count);

    [Fact]
    public void Plan_OfSomeKinds_HasNoOthers() => FaultPlan.Create(5, Length, [FaultKind.Kill]).Faults.ShouldAllBe(fault => fault.Kind == FaultKind.Kill);

    [Fact]
    public void Plans_TakeFsyncByTurns() => Enumerable.Range(1, 4).Select(seed => Plan(seed).FsyncAlways).ShouldBe([false, true, false, true]);

    private static FaultPlan Plan(int seed) => FaultPlan.Create(seed, Length, FaultPlan.AllKinds);
}
