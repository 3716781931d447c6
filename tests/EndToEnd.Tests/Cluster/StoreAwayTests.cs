using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Conformance.Http;
using Molino.Core;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Cluster;

/// <summary>The store dies, falls silent, or comes back empty, under silos that run. Each case leaves silos that work.</summary>
public sealed class StoreAwayTests(StoreAwayTests.TwoSilos cluster, ITestOutputHelper output) : IClassFixture<StoreAwayTests.TwoSilos>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Two seconds are promised; the rest is for the way to the answer on a busy machine.</summary>
    private static readonly TimeSpan SubmitLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan HealLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Killed_SubmitsAreRefusedAndAllHealsWithinFiveSecondsOfItsReturn()
    {
        var running = await RunningJobAsync();
        await cluster.Redis.KillAsync();
        try
        {
            await RefusedAsync(ErrorCodes.StoreUnavailable);
        }
        finally
        {
            await cluster.Redis.StartAgainAsync();
        }

        await HealedAsync(running);
    }

    [Fact]
    public async Task Silent_SubmitsAreRefusedAndAllHealsWithinFiveSecondsOfItsReturn()
    {
        var running = await RunningJobAsync();
        cluster.Redis.Pause();
        try
        {
            await RefusedAsync(ErrorCodes.StoreUnavailable);
            await Task.Delay(TimeSpan.FromSeconds(2)); // silent for five seconds in all
        }
        finally
        {
            cluster.Redis.Resume();
        }

        await HealedAsync(running);
    }

    [Fact]
    public async Task Emptied_IsStoreReplacedUntilAnOperatorAcceptsAtOneSilo()
    {
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        await cluster.Redis.KillAsync();
        await cluster.Redis.StartEmptyAsync();

        foreach (var silo in cluster.Silos)
        {
            await SiloProcess.UntilAsync(async () => await CodeOfStoreAsync(silo) == ErrorCodes.StoreReplaced);
            using var answer = await SubmitAsync(silo);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.Content.ReadAsStringAsync()).ShouldContain(ErrorCodes.StoreReplaced);
            silo.Output.ShouldContain("Restore it, or accept");
        }

        (await cluster.Redis.CommandAsync("DBSIZE")).ShouldBe(":0"); // nobody has written into it
        using (var wrong = await first.Http.PostAsync("/api/store/accept", Answer.Json("""{"confirm":"yes"}"""))) wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await second.KillAsync();
        var starting = second.StartAgainAsync(); // it remembers the store that was: ready only after the accept
        await SiloProcess.UntilAsync(async () => await CodeOfStoreAsync(second) == ErrorCodes.StoreReplaced);
        using (var refused = await SubmitAsync(second)) (await refused.Content.ReadAsStringAsync()).ShouldContain(ErrorCodes.StoreReplaced);
        starting.IsCompleted.ShouldBeFalse();

        var accept = await ProgramRun.RunAsync(Programs.Cli, null, "--url", first.Url.ToString(), "store", "accept", "molino");

        accept.ExitCode.ShouldBe(0, accept.Errors);
        accept.Output.ShouldContain("yes");
        await starting;
        foreach (var silo in cluster.Silos)
        {
            await SiloProcess.UntilAsync(async () => (await silo.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
            await ThreeSilos.SeesAsync(silo, 2);
            (await (await silo.Client.SubmitAsync("echo", new { n = 3 })).ResultAsync<Dictionary<string, int>>(Patience))!["n"].ShouldBe(3);
        }

        await second.KillAsync();
        await second.StartAgainAsync(); // and the accepted one is the one remembered
    }

    private static Task<HttpResponseMessage> SubmitAsync(SiloProcess silo) => silo.Http.PostAsync("/api/jobs", Answer.Json("""{"type":"noop"}"""));

    private static async Task<string?> CodeOfStoreAsync(SiloProcess silo) =>
        (string?)JsonNode.Parse(await (await silo.Http.GetAsync("/health/ready")).Content.ReadAsStringAsync())!["parts"]!["store"]!["code"];

    /// <summary>A job that outlasts the outage.</summary>
    private async Task<JobHandle> RunningJobAsync()
    {
        foreach (var silo in cluster.Silos) await ThreeSilos.SeesAsync(silo, 2);
        var job = await cluster.Silos[0].Client.SubmitAsync("sleep", new { seconds = 8 });
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()).Status == JobStatus.Running);
        return job;
    }

    private async Task RefusedAsync(string code)
    {
        foreach (var silo in cluster.Silos)
        {
            var asked = Stopwatch.GetTimestamp();
            await SiloProcess.UntilAsync(async () => (await silo.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
            var healthTook = Stopwatch.GetElapsedTime(asked);
            (await CodeOfStoreAsync(silo)).ShouldBe(code);
            var submitted = Stopwatch.GetTimestamp();
            using var answer = await SubmitAsync(silo);
            var took = Stopwatch.GetElapsedTime(submitted);
            output.WriteLine($"health down after {healthTook.TotalSeconds:0.00} s, submit refused after {took.TotalSeconds:0.00} s");
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            took.ShouldBeLessThan(SubmitLimit);
            healthTook.ShouldBeLessThan(SubmitLimit);
            var silos = await silo.Client.Transport.SilosAsync(CancellationToken.None);
            silos.Count(one => one.Status != "dead").ShouldBe(2); // the other is shown as it was seen last
        }
    }

    private async Task HealedAsync(JobHandle running)
    {
        var back = Stopwatch.GetTimestamp();
        foreach (var silo in cluster.Silos)
        {
            await SiloProcess.UntilAsync(async () => (await silo.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
            using var answer = await silo.Http.PostAsync("/api/jobs?wait=5", Answer.Json("""{"type":"noop"}"""));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var healed = Stopwatch.GetElapsedTime(back);
        await running.ResultAsync<object>(Patience);
        var view = await running.ViewAsync();
        output.WriteLine($"healed {healed.TotalSeconds:0.0} s after the return");
        (view.Attempt, view.Epoch).ShouldBe((1, 1)); // its handler went on
        healed.ShouldBeLessThan(HealLimit);
    }

    /// <summary>Two silos on a Redis that keeps each commit on its disk.</summary>
    public sealed class TwoSilos : IAsyncLifetime
    {
        internal RedisServer Redis { get; private set; } = null!;

        internal SiloProcess[] Silos { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction", "--appendonly", "yes", "--appendfsync", "always");
            Silos = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ThreeSilos.StartSiloAsync(Redis.Address)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var silo in Silos) await silo.DisposeAsync();
            await Redis.DisposeAsync();
        }
    }
}
