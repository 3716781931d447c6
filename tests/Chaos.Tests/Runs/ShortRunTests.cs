using Molino.TestServers;

namespace Molino.Chaos.Tests.Runs;

/// <summary>A short run of the real thing; docs/reliability.md has the long ones.</summary>
public sealed class ShortRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(20261122)]
    public async Task KillCutAndRollingRestart_UnderLoad_BreakNoPromise(int seed)
    {
        var folder = TestMachine.NewFolder("chaos");
        var plan = FaultPlan.Create(seed, TimeSpan.FromSeconds(20), [FaultKind.Kill, FaultKind.CutRedis, FaultKind.Rolling]);

        var report = await ChaosRun.RunAsync(plan, folder, output.WriteLine);

        report.Violations.ShouldBeEmpty();
        report.Jobs.ShouldBeGreaterThan(100);
        Directory.Delete(folder, recursive: true);
    }
}
