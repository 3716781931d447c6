using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Timing;

/// <summary>Retention keeps up: what is to go goes in one go, however many batches that takes.</summary>
public sealed class UpkeepTests
{
    private const int Jobs = 3000;
    private const int Kept = 40;

    [Fact]
    public async Task MoreToRemoveThanABatch_AllIsGoneBeforeTheClockMovesOn()
    {
        var clock = new HeldTime();
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Clock = clock, Settings = new() { ["Retention:MaxJobs"] = $"{Kept}" } });
        foreach (var batch in Enumerable.Range(0, Jobs).Chunk(500)) await CancelAsync(silo, batch.Select(i => Spec(i, clock.GetUtcNow())));
        var before = await silo.Store.TotalsAsync(CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(1));

        before.Finished.ShouldBe(Jobs);
        await Patience.UntilAsync(async () => (await silo.Store.TotalsAsync(CancellationToken.None)).Finished == Kept, $"{Kept} jobs are left");
    }

    private static JobSpec Spec(int i, DateTimeOffset now) =>
        new() { Id = JobId.Create(now, (ulong)i * 0x9E3779B97F4A7C15), Type = "act", Args = "{}"u8.ToArray(), Queue = "default", CreatedAt = now, DueAt = now.AddDays(1) };

    /// <summary>Jobs that end without ever running.</summary>
    private static async Task CancelAsync(TestSilo silo, IEnumerable<JobSpec> specs)
    {
        var submitted = await silo.Store.ApplyAsync([.. specs.Select(JobChange.Submit)], allOrNothing: true, CancellationToken.None);
        var cancels = submitted.Select(result => new JobChange(result.Job!.Id, new JobEvent.CancelRequested(result.Job.Spec.CreatedAt, null)));
        await silo.Store.ApplyAsync([.. cancels], allOrNothing: true, CancellationToken.None);
    }
}
