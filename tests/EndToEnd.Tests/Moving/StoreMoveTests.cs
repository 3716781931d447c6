using Molino.Client;
using Molino.Core;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Moving;

/// <summary>Moving house with real silos and the real command: SQLite to Redis and back, and a backup of a silo that works.</summary>
public sealed class StoreMoveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Copy_SqliteToRedisAndBack_EveryJobEndsAndNothingIsForgotten()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await SiloProcess.StartAsync();
        var done = await first.Client.SubmitAsync("echo", new { n = 1 });
        await done.ResultAsync<Dictionary<string, int>>(Patience);
        await PauseAsync(first, "default");
        var queued = new List<JobHandle>();
        for (var i = 0; i < 40; i++) queued.Add(await first.Client.SubmitAsync("echo", new { n = i }, new SubmitOptions { IdempotencyKey = $"k{i}" }));
        var scheduled = await first.Client.SubmitAsync("echo", new { n = 7 }, new SubmitOptions { Delay = TimeSpan.FromSeconds(2) });
        var sqlite = "sqlite:" + Path.Combine(first.Folder, "data", "molino.db");
        var inUse = await StoreAsync("copy", "--from", sqlite, "--to", $"redis:{redis.Address}");
        (inUse.ExitCode, inUse.Errors).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(4, run.Errors), run => run.Errors.ShouldContain("store_locked"));
        first.Interrupt();
        await first.WaitForExitAsync();

        var there = await StoreAsync("copy", "--from", sqlite, "--to", $"redis:{redis.Address}");
        there.ExitCode.ShouldBe(0, there.Output + there.Errors);
        there.Output.ShouldContain("jobs default queued\t40\t40");
        (await StoreAsync("copy", "--from", sqlite, "--to", $"redis:{redis.Address}")).Errors.ShouldContain("store_not_empty");

        await using var second = await SiloProcess.StartAsync("--Store:Kind=Redis", $"--Store:Redis={redis.Address}");
        (await second.Client.Job(done.Id).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(1);
        (await second.Client.Job(queued[0].Id).StatusAsync()).ShouldBe(JobStatus.Queued); // the queue is paused there too
        (await second.Client.SubmitAsync("echo", new { n = 3 }, new SubmitOptions { IdempotencyKey = "k3" })).Id.ShouldBe(queued[3].Id);
        using (var resumed = await second.Http.PostAsync("/api/queues/default/resume", null)) resumed.EnsureSuccessStatusCode();
        for (var i = 0; i < queued.Count; i++) (await second.Client.Job(queued[i].Id).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(i);
        (await second.Client.Job(scheduled.Id).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(7);
        var beating = await StoreAsync("copy", "--from", $"redis:{redis.Address}", "--to", sqlite + "2");
        beating.Errors.ShouldContain("store_in_use");
        second.Interrupt();
        await second.WaitForExitAsync();

        var back = await StoreAsync("copy", "--from", $"redis:{redis.Address}", "--to", sqlite + "2");
        back.ExitCode.ShouldBe(0, back.Output + back.Errors);
        await using var third = await SiloProcess.StartAsync($"--Store:Path={Path.Combine(first.Folder, "data", "molino.db2")}");
        (await third.Client.Job(queued[39].Id).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(39);
    }

    [Theory]
    [InlineData("Prod_1", "store_unavailable")]
    [InlineData("No Prefix", "keys of a store in Redis")]
    [InlineData("", "keys of a store in Redis")]
    public async Task Store_IsAskedForUnderEveryPrefixThatASiloTakes(string prefix, string says)
    {
        var run = await StoreAsync("count", "redis:127.0.0.1:1", "--cluster", prefix);

        run.Errors.ShouldContain(says);
    }

    [Fact]
    public async Task Backup_OfASiloThatWorks_RestoresToAStoreWhereEveryJobOfBeforeEnds()
    {
        await using var silo = await SiloProcess.StartAsync("--Pools:default:Concurrency=4");
        var before = new List<JobHandle>();
        for (var i = 0; i < 150; i++) before.Add(await silo.Client.SubmitAsync("sleep", new { seconds = 0.05 }));
        using var stop = new CancellationTokenSource();
        var load = SubmitUntilAsync(silo, stop.Token);
        var archive = Path.Combine(silo.Folder, "house.molino");

        var backup = await ProgramRun.RunAsync(Programs.Cli, null, "--url", silo.Url.ToString(), "store", "backup", archive);

        await stop.CancelAsync();
        (await load).ShouldBeGreaterThan(0);
        backup.ExitCode.ShouldBe(0, backup.Output + backup.Errors);
        var restored = Path.Combine(silo.Folder, "restored.db");
        var restore = await StoreAsync("restore", archive, "--to", "sqlite:" + restored);
        restore.ExitCode.ShouldBe(0, restore.Output + restore.Errors);
        await using var again = await SiloProcess.StartAsync($"--Store:Path={restored}");
        foreach (var job in before) await again.Client.Job(job.Id).ResultAsync<object>(Patience);

        var bytes = await File.ReadAllBytesAsync(archive);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(archive, bytes);
        var damaged = await StoreAsync("restore", archive, "--to", "sqlite:" + restored + "2");
        (damaged.ExitCode, damaged.Errors).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(4), run => run.Errors.ShouldContain("archive_damaged"));
        File.Exists(restored + "2").ShouldBeFalse();
    }

    private static async Task<int> SubmitUntilAsync(SiloProcess silo, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            await silo.Client.SubmitAsync("noop", new { }, cancellationToken: CancellationToken.None);
            count++;
        }

        return count;
    }

    private static async Task PauseAsync(SiloProcess silo, string queue)
    {
        using var paused = await silo.Http.PostAsync($"/api/queues/{queue}/pause", null);
        paused.EnsureSuccessStatusCode();
    }

    private static Task<ProgramRun> StoreAsync(params string[] args) => ProgramRun.RunAsync(Programs.Cli, null, ["store", .. args]);
}
