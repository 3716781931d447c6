using Molino.Core;

namespace Molino.EndToEnd.Tests.Stopping;

/// <summary>Ctrl-C drains; a second one stops at once; nothing is lost either way.</summary>
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
