using System.Diagnostics;
using System.Net;
using Molino.Client;
using Molino.Conformance.Http;
using Molino.Core;

namespace Molino.EndToEnd.Tests.Stopping;

/// <summary>Ctrl-C drains, and the silo answers meanwhile; a second one stops at once; nothing is lost either way.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Interrupt_WhileAJobRuns_LetsItFinishAndExitsCleanly()
    {
        await using var silo = await SiloProcess.StartAsync("--Pools:default:Concurrency=1");
        using var client = silo.Client;
        var running = await client.SubmitAsync("sleep", new { seconds = 1.5 });
        var queued = await client.SubmitAsync("noop", new { });
        await SiloProcess.UntilAsync(async () => (await running.ViewAsync()).Status == JobStatus.Running);

        silo.Interrupt();

        (await silo.WaitForExitAsync()).ShouldBe(0);
        await silo.StartAgainAsync();
        var finished = await running.ViewAsync();
        finished.Status.ShouldBe(JobStatus.Succeeded);
        finished.Epoch.ShouldBe(1);
        await queued.ResultAsync<object>(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Interrupt_WhileAJobRuns_AnswersUntilItHasEnded()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var client = silo.Client;
        var job = await client.SubmitAsync("sleep", new { seconds = 6 });
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()).Status == JobStatus.Running);

        silo.Interrupt();
        await SiloProcess.UntilAsync(() => Task.FromResult(silo.Output.Contains("still run", StringComparison.Ordinal)));

        using var ready = await silo.Http.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("draining");
        using var ended = await silo.Http.GetAsync($"/api/jobs/{job.Id}?wait=20");
        ((string?)(await ended.JsonAsync())["status"]).ShouldBe("succeeded");
        (await silo.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Interrupt_DrainTimeOver_HandsTheJobBackWithoutCountingTheAttempt()
    {
        await using var silo = await SiloProcess.StartAsync("--Drain:Timeout=0.5");
        using var client = silo.Client;
        var job = await client.SubmitAsync("sleep", new { seconds = 20 });
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()).Status == JobStatus.Running);

        silo.Interrupt();

        (await silo.WaitForExitAsync()).ShouldBe(0);
        await silo.StartAgainAsync();
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()) is { Status: JobStatus.Running, Epoch: 2, Attempt: 1 });
        var view = await job.ViewAsync();
        view.History!.Single().Outcome.ShouldBe(AttemptOutcome.HandedBack);
    }

    [Fact]
    public async Task Interrupt_WhileCallersWait_AnswersThemTheJobAsItIs()
    {
        await using var silo = await SiloProcess.StartAsync("--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information");
        using var client = silo.Client;
        var job = await client.SubmitAsync("noop", new SubmitOptions { Hold = true });
        var submit = silo.Http.PostAsync("/api/jobs?wait=601", Answer.Json("""{"type":"noop","hold":true}"""));
        var get = silo.Http.GetAsync($"/api/jobs/{job.Id}?wait=602");
        var result = silo.Http.GetAsync($"/api/jobs/{job.Id}/result?wait=603");
        foreach (var wait in (string[])["wait=601", "wait=602", "wait=603"])
            await SiloProcess.UntilAsync(() => Task.FromResult(silo.Output.Contains(wait, StringComparison.Ordinal)));

        var interrupted = Stopwatch.GetTimestamp();
        silo.Interrupt();

        await ShouldBeAsync(await submit, HttpStatusCode.Accepted);
        await ShouldBeAsync(await get, HttpStatusCode.OK);
        await ShouldBeAsync(await result, HttpStatusCode.Accepted);
        (await silo.WaitForExitAsync()).ShouldBe(0);
        Stopwatch.GetElapsedTime(interrupted).ShouldBeLessThan(TimeSpan.FromSeconds(15), "waits of up to 20 s hold no stop up");

        static async Task ShouldBeAsync(HttpResponseMessage response, HttpStatusCode status)
        {
            response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
            ((string?)(await response.JsonAsync())["status"]).ShouldBe("waiting");
        }
    }

    [Fact]
    public async Task SecondInterrupt_StopsAtOnceAndTheJobRunsAgain()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var client = silo.Client;
        var job = await client.SubmitAsync("sleep", new { seconds = 20 });
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()).Status == JobStatus.Running);

        silo.Interrupt();
        await SiloProcess.UntilAsync(() => Task.FromResult(silo.Output.Contains("still run", StringComparison.Ordinal)));
        silo.Interrupt();

        (await silo.WaitForExitAsync()).ShouldBe(130);
        await silo.StartAgainAsync();
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()) is { Status: JobStatus.Running, Epoch: 2 });
        (await job.ViewAsync()).History!.Single().Outcome.ShouldBe(AttemptOutcome.Lost);
    }
}
