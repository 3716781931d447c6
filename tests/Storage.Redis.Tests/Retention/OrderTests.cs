using System.Globalization;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Retention;

/// <summary>The order of acceptance shrinks with the jobs, also where many jobs that are kept for long stand before those that go.</summary>
public sealed class OrderTests
{
    private const int Jobs = 2000;
    private const int Kept = 600;

    private static readonly RetentionLimits FailedOnly = new() { Succeeded = TimeSpan.Zero, MaxBytes = long.MaxValue };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobsKeptBeforeThoseRemoved_OnlyTheirBlocksStay()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await TestStore.OpenAsync(server.Address);
        for (var i = 0; i < Jobs; i++) await store.SubmitAsync();
        var jobs = await store.LeaseAsync(Jobs);
        var ends = jobs.Select((job, i) => i < Kept ? Fail(job) : TestStore.Succeed(job));
        foreach (var batch in ends.Chunk(1000)) await store.Jobs.ApplyAsync(batch, allOrNothing: true, Stop);
        (await LengthAsync(server)).ShouldBe(Jobs);

        while (await store.Faces.Upkeep.SweepAsync(FailedOnly, Stop))
        {
        }

        (await LengthAsync(server)).ShouldBe(Kept);
        (await store.Jobs.TotalsAsync(Stop)).Finished.ShouldBe(Kept);
    }

    private static JobChange Fail(Job job) => new(job.Id, new JobEvent.AttemptFailed(TimeProvider.System.GetUtcNow(), job.Token, new JobError("Test", "no"), Permanent: true, 0));

    private static async Task<int> LengthAsync(RedisServer server) => int.Parse((await server.CommandAsync("XLEN", "test:order")).AsSpan(1), CultureInfo.InvariantCulture);
}
