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
        Fault[] faults =
        [
            new(1, FaultKind.Kill, At: 2, Length: 2, Node: 1),
            new(2, FaultKind.CutRedis, At: 4, Length: 7, Node: 2, Cut: CutKind.Silent),
            new(3, FaultKind.Rolling, At: 13, Length: 0),
        ];
        var plan = new FaultPlan(seed, TimeSpan.FromSeconds(16), FsyncAlways: true, faults);

        var report = await ChaosRun.RunAsync(plan, folder, output.WriteLine);

        report.Violations.ShouldBeEmpty();
        report.Jobs.ShouldBeGreaterThan(100);
        Directory.Delete(folder, recursive: true);
    }
}
