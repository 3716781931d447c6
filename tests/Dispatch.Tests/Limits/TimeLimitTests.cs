using Molino.Client;
using Molino.Core;

namespace Molino.Dispatch.Tests.Limits;

/// <summary>Soft and hard time limits.</summary>
public sealed class TimeLimitTests
{
    [Fact]
    public async Task SoftLimit_HandlerObeys_FailsTheAttemptWithTheReason()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("long");
        var job = await silo.SubmitAsync("long", new SubmitOptions { SoftTimeLimit = TimeSpan.FromMilliseconds(200), TimeLimit = TimeSpan.FromSeconds(60), MaxAttempts = 1 });

        (await gate.Stopped).ShouldBe(StopReason.SoftTimeLimit);

        var ended = await silo.EndAsync(job);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.Type.ShouldBe(JobError.TimeLimitExceeded);
        ended.Error.Message.ShouldContain("soft");
    }

    [Fact]
    public async Task SoftLimit_HandlerReturnsWhatItHas_Succeeds()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("partial", async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            return "half";
        });
        var job = await silo.SubmitAsync("partial", new SubmitOptions { SoftTimeLimit = TimeSpan.FromMilliseconds(100), TimeLimit = TimeSpan.FromSeconds(60) });

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("half");
    }

    [Fact]
    public async Task SoftLimit_Exceeded_IsRetried()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("first-slow", async (context, stop) =>
        {
            if (context.Attempt == 1) await Task.Delay(Timeout.Infinite, stop);
            return "second";
        });
        var job = await silo.SubmitAsync("first-slow", new SubmitOptions { SoftTimeLimit = TimeSpan.FromMilliseconds(500), TimeLimit = TimeSpan.FromSeconds(60) });

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("second");
    }

    [Fact]
    public async Task HardLimit_HandlerIgnoresIt_FailsAndTheSlotIsLostUntilItReturns()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("deaf", obeys: false);
        var job = await silo.SubmitAsync("deaf", new SubmitOptions { TimeLimit = TimeSpan.FromMilliseconds(200) });

        var ended = await silo.EndAsync(job);

        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.Type.ShouldBe(JobError.TimeLimitExceeded);
        ended.Error.Message.ShouldContain("hard");
        ended.Attempt.ShouldBe(1); // not tried again while the first run goes on
        (await PartAsync(silo)).ShouldBe(("down", "stuck"));
        var waiting = await silo.SubmitAsync("waiting");
        (await waiting.ViewAsync()).Status.ShouldBe(JobStatus.Queued);
        gate.Open();
        (await silo.EndAsync(waiting)).Status.ShouldBe(JobStatus.Succeeded);
        await Patience.UntilAsync(async () => await PartAsync(silo) == ("ok", null), "the pool is well again");
        (await job.ViewAsync()).Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public async Task HardLimit_WithSlotsLeft_OnlyDegradesThePool()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 2 });
        var gate = silo.Stage.Gate("deaf", obeys: false);
        await silo.EndAsync(await silo.SubmitAsync("deaf", new SubmitOptions { TimeLimit = TimeSpan.FromMilliseconds(200) }));

        (await PartAsync(silo)).ShouldBe(("degraded", "slots_lost"));
        (await silo.Transport.HealthAsync(CancellationToken.None)).Status.ShouldBe("ready");
        (await silo.RunAsync("another")).Status.ShouldBe(JobStatus.Succeeded);
        gate.Open();
    }

    [Fact]
    public async Task Limits_OfTheType_HoldUnlessTheJobSaysOtherwise()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Type = type => type.TimeLimits = new TimeLimits(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(300)) });
        var byType = silo.Stage.Gate("by-type");
        var byJob = silo.Stage.Gate("by-job");
        await silo.SubmitAsync("by-job", new SubmitOptions { TimeLimit = TimeSpan.FromSeconds(50), SoftTimeLimit = TimeSpan.FromSeconds(40) });
        await silo.SubmitAsync("by-type");

        (await byType.Stopped).ShouldBe(StopReason.SoftTimeLimit);

        (await byType.Entered).TimeLimits.Soft.ShouldBe(TimeSpan.FromMilliseconds(300));
        var other = await byJob.Entered;
        other.TimeLimits.ShouldBe(new TimeLimits(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(40)));
        other.StopReason.ShouldBe(StopReason.None);
        byJob.Open();
    }

    private static async Task<(string Status, string? Code)> PartAsync(TestSilo silo)
    {
        var part = (await silo.Transport.HealthAsync(CancellationToken.None)).Parts!["pool:default"];
        return (part.Status, part.Code);
    }
}
