namespace Molino.Jobs.SqlLab.Tests;

/// <summary>Measures the whole process, so it runs alone.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests(ServersFixture servers)
{
    [Fact]
    public async Task Query_fiveMillionRows_keepsMemoryBounded()
    {
        var context = new FakeJobContext { KeepRows = false };
        var (peak, parts) = (0L, 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        context.Stored = () =>
        {
            if (parts++ % 8 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        };
        var result = await servers.Lab.RunAsync(
            context, new { database = "ch", sql = "SELECT number, toDecimal64(number, 2) AS d FROM system.numbers LIMIT 5000000", limit = 5_000_000 }, TestContext.Current.CancellationToken);
        (result.RowCount, result.Truncated).ShouldBe((5_000_000, false));
        parts.ShouldBeGreaterThan(80);
        peak.ShouldBeLessThan(16L * 1024 * 1024); // the rows themselves are above 100 MiB
    }
}
