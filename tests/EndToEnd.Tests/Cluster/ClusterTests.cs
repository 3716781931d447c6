using System.Diagnostics;
using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Conformance.Http;
using Molino.Core;
using Molino.Storage;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Cluster;

/// <summary>Several real silos on a real Redis: work is shared, and moves when a silo dies or is paused.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task OneSilo_OnRedis_KeepsJobsAcrossARestart()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var silo = await StartAsync(redis);
        var done = await (await silo.Client.SubmitAsync("echo", new { hello = "mill" })).ResultAsync<Dictionary<string, string>>(Patience);
        var later = await silo.Client.SubmitAsync("echo", new { n = 1 }, new SubmitOptions { Delay = TimeSpan.FromSeconds(2) });

        await silo.KillAsync();
        await silo.StartAgainAsync();

        done!["hello"].ShouldBe("mill");
        (await silo.Client.Job(later.Id).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(1);
        silo.Output.ShouldContain("redis, " + redis.Address);
    }

    [Fact]
    public async Task ThreeSilos_OneKilledWithJobsRunning_EveryJobEndsOnTheOthers()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        await using var third = await StartAsync(redis);
        var jobs = new List<JobHandle>();
        for (var i = 0; i < 60; i++) jobs.Add(await first.Client.SubmitAsync("sleep", new { seconds = 1 }));
        var ran = await RunningOnAsync(first, 3);

        var killed = Stopwatch.GetTimestamp();
        await third.KillAsync();
        foreach (var job in jobs) await job.ResultAsync<object>(Patience);

        output.WriteLine($"{ran} silos ran jobs; all 60 ended {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
        Stopwatch.GetElapsedTime(killed).ShouldBeLessThan(TimeSpan.FromSeconds(30)); // 10 s until dead and recovered, and the work itself
        foreach (var job in jobs) (await second.Client.Job(job.Id).StatusAsync()).ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task TwoSilos_OnePausedForFifteenSeconds_ItsJobsRunElsewhereAndItRejoinsAsANewOne()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        var jobs = new List<JobHandle>();
        for (var i = 0; i < 30; i++) jobs.Add(await first.Client.SubmitAsync("sleep", new { seconds = 3 }));
        await RunningOnAsync(first, 2);

        second.Pause();
        foreach (var job in jobs) await job.ResultAsync<object>(Patience);
        await Task.Delay(TimeSpan.FromSeconds(1)); // the removed silo stays away for a moment more
        second.Resume();

        await SiloProcess.UntilAsync(() => Task.FromResult(second.Output.Contains("The cluster removed silo", StringComparison.Ordinal)));
        await SiloProcess.UntilAsync(async () =>
        {
            using var ready = await second.Http.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });
        (await (await second.Client.SubmitAsync("echo", new { n = 2 })).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(2);
        foreach (var job in jobs) (await first.Client.Job(job.Id).StatusAsync()).ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Stream_OfOneSilo_TellsWhatAnotherCommits()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        using var stream = await EventReader.OpenAsync(first.Http, "/api/events"); // it has patience for one turn of the stream's own wait, not for five

        for (var i = 0; i < 5; i++)
        {
            var held = await second.Client.SubmitAsync("noop", new SubmitOptions { Hold = true });
            var (_, kind, data) = await stream.NextAsync();
            (kind, JsonNode.Parse(data)!["job"]!.GetValue<string>()).ShouldBe(("submitted", held.Id.ToString()));
        }
    }

    [Fact]
    public async Task RemovedSilo_AskedToStopBetweenItsTwoLives_Stops()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        await ThreeSilos.SeesAsync(first, 2);
        second.Pause();
        await SiloProcess.UntilAsync(() => Task.FromResult(first.Output.Contains("is no member any more", StringComparison.Ordinal)));

        second.Resume();
        await SiloProcess.UntilAsync(() => Task.FromResult(second.Output.Contains("The cluster removed silo", StringComparison.Ordinal)));
        second.Terminate();

        (await second.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task DrainingSilo_RemovedBeforeItsShutdownIsOver_EndsAllTheSame()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        var id = (await ThreeSilos.SeesAsync(second, 2))[0].Id;
        for (var i = 0; i < 20; i++) await first.Client.SubmitAsync("sleep", new { seconds = 50 });
        await RunningOnAsync(first, 2);
        await first.Client.Transport.OrderSiloAsync(id, SiloOrder.Shutdown, CancellationToken.None);
        await SiloProcess.UntilAsync(() => Task.FromResult(second.Output.Contains("An operator stops this silo", StringComparison.Ordinal)));

        second.Pause();
        await SiloProcess.UntilAsync(() => Task.FromResult(first.Output.Contains("is no member any more", StringComparison.Ordinal)));
        second.Resume();

        (await second.WaitForExitAsync()).ShouldBe(0, second.Output);
        second.Output.ShouldContain("it ends, as it was asked to");
    }

    [Fact]
    public Task StartingSilo_AskedToStopOnceItsStoreIsOpen_LeavesInOrder() => StopsWhileStartingAsync("is open");

    /// <summary>A silo that starts is asked to stop as soon as it has said something.</summary>
    internal static async Task StopsWhileStartingAsync(string after)
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        await ThreeSilos.SeesAsync(first, 2);
        second.Terminate();
        (await second.WaitForExitAsync()).ShouldBe(0);
        var jobs = new List<JobHandle>();
        for (var i = 0; i < 100; i++) jobs.Add(await first.Client.SubmitAsync("sleep", new { seconds = 0.5 }));
        var before = Count(second.Output, after);

        var starting = second.StartAgainAsync();
        await SiloProcess.UntilAsync(() => Task.FromResult(Count(second.Output, after) > before));
        second.Terminate();

        (await second.WaitForExitAsync()).ShouldBe(0, second.Output);
        await starting.ContinueWith(static _ => { }, TaskScheduler.Default); // it may have been ready for a moment
        (await ThreeSilos.SeesAsync(first, 1)).ShouldHaveSingleItem();
        foreach (var job in jobs) (await job.WaitAsync(Patience)).Status.ShouldBe(JobStatus.Succeeded);
        first.Output.ShouldNotContain("its beat has not changed"); // it left, nobody had to find it dead

        static int Count(string output, string text) => output.Split(text).Length - 1;
    }

    private static Task<SiloProcess> StartAsync(RedisServer redis) =>
        SiloProcess.StartAsync("--Store:Kind=Redis", $"--Store:Redis={redis.Address}", "--Cluster:SiloPort=0", "--Pools:default:Concurrency=10");

    /// <summary>Waits until jobs run on so many silos.</summary>
    private static async Task<int> RunningOnAsync(SiloProcess asked, int silos)
    {
        var count = 0;
        await SiloProcess.UntilAsync(async () =>
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var job in asked.Client.JobsAsync(new JobFilter { Status = JobStatus.Running })) seen.Add(job.Silo!);
            count = seen.Count;
            return count >= silos;
        });
        return count;
    }
}
