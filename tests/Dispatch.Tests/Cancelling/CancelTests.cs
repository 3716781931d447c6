using Molino.Client;
using Molino.Core;

namespace Molino.Dispatch.Tests.Cancelling;

/// <summary>Promise P6: a cancel works in every state and is confirmed.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task Cancel_Held_IsCancelledAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        await CheckNotStartedAsync(silo, await silo.SubmitAsync("held", new SubmitOptions { Hold = true }));
    }

    [Fact]
    public async Task Cancel_Scheduled_IsCancelledAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        await CheckNotStartedAsync(silo, await silo.SubmitAsync("scheduled", new SubmitOptions { Delay = TimeSpan.FromHours(1) }));
    }

    [Fact]
    public async Task Cancel_Queued_IsCancelledAtOnceAndNeverStarts()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        var queued = await silo.SubmitAsync("queued");
        var next = await silo.SubmitAsync("next");

        await CheckNotStartedAsync(silo, queued);
        gate.Open();
        await silo.EndAsync(next);

        silo.Stage.Started.ShouldBe(["blocker", "next"]);
    }

    [Fact]
    public async Task Cancel_WaitingForItsRetry_IsCancelledAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("fails", (_, _) => throw new InvalidOperationException("no"));
        var job = await silo.SubmitAsync("fails", new SubmitOptions { Retry = new RetrySubmission { First = TimeSpan.FromHours(1), Max = TimeSpan.FromHours(1), Jitter = false } });
        await Patience.UntilAsync(async () => (await job.ViewAsync()) is { Status: JobStatus.Scheduled, History.Count: 1 }, "the retry is scheduled");

        (await job.CancelAsync()).Status.ShouldBe(JobStatus.Cancelled);
    }

    [Fact]
    public async Task Cancel_RunningHandlerObeys_IsConfirmedOnlyWhenItHasReturned()
    {
        await using var silo = await TestSilo.StartAsync();
        var cleanedUp = new TaskCompletionSource();
        var told = new TaskCompletionSource<StopReason>();
        var entered = new TaskCompletionSource();
        silo.Stage.On("obeys", async (context, stop) =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                told.SetResult(context.StopReason);
                await cleanedUp.Task;
            }

            return null;
        });
        var job = await silo.SubmitAsync("obeys");
        await entered.Task.WaitAsync(Patience.Limit);

        var asked = await job.CancelAsync("enough");
        (asked.Status, asked.CancelReason).ShouldBe((JobStatus.Running, "enough"));
        asked.CancelRequestedAt.ShouldNotBeNull();
        (await told.Task.WaitAsync(Patience.Limit)).ShouldBe(StopReason.CancelRequested);
        (await silo.RunAsync("another")).Status.ShouldBe(JobStatus.Succeeded); // the silo has gone on for a while
        (await job.ViewAsync()).Status.ShouldBe(JobStatus.Running);
        cleanedUp.SetResult();

        var ended = await silo.EndAsync(job);
        ended.Status.ShouldBe(JobStatus.Cancelled);
        ended.Error.ShouldNotBeNull().Message.ShouldBe("enough");
        (await Should.ThrowAsync<JobCancelledException>(() => job.ResultAsync<string>(Patience.Limit))).Message.ShouldContain("enough");
    }

    [Fact]
    public async Task Cancel_HandlerReturnsAResultAnyway_SucceedsAndSaysSo()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("finishes", obeys: false);
        var job = await silo.SubmitAsync("finishes");
        await gate.Entered;
        await job.CancelAsync();
        (await gate.Stopped).ShouldBe(StopReason.CancelRequested);
        gate.Open();

        var ended = await silo.EndAsync(job);

        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.CancelRequestedAt.ShouldNotBeNull();
        ended.Result!.Value.To<string>().ShouldBe("passed");
    }

    [Fact]
    public async Task Cancel_HandlerFailsAfterwards_IsCancelledAndNotRetried()
    {
        await using var silo = await TestSilo.StartAsync();
        var entered = new TaskCompletionSource();
        silo.Stage.On("fails", async (_, stop) =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            catch (OperationCanceledException stopped)
            {
                throw new InvalidOperationException("broken by the stop", stopped);
            }

            return null;
        });
        var job = await silo.SubmitAsync("fails");
        await entered.Task.WaitAsync(Patience.Limit);
        await job.CancelAsync();

        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Cancelled);
        silo.Stage.StartsOf("fails").ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_HandlerIgnoresItUntilTheHardLimit_IsCancelledAndTheSlotLost()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("deaf", obeys: false);
        var job = await silo.SubmitAsync("deaf", new SubmitOptions { TimeLimit = TimeSpan.FromSeconds(2) });
        await gate.Entered;
        await job.CancelAsync();
        (await gate.Stopped).ShouldBe(StopReason.CancelRequested);

        var ended = await silo.EndAsync(job);

        ended.Status.ShouldBe(JobStatus.Cancelled);
        (await silo.Transport.PoolsAsync(CancellationToken.None)).Single().Lost.ShouldBe(1);
        gate.Open();
        await Patience.UntilAsync(async () => (await silo.Transport.PoolsAsync(CancellationToken.None)).Single().Lost == 0, "the slot is back");
    }

    [Fact]
    public async Task Cancel_Twice_IsOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("running", obeys: false);
        var job = await silo.SubmitAsync("running");
        await gate.Entered;

        var first = await job.CancelAsync("first");
        var second = await job.CancelAsync("second");
        gate.Open();

        second.CancelReason.ShouldBe("first");
        second.CancelRequestedAt.ShouldBe(first.CancelRequestedAt);
        await silo.EndAsync(job);
    }

    [Fact]
    public async Task Cancel_Terminal_IsIllegal()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("fails", (_, _) => throw new PermanentJobException("Wrong", "no"));
        var succeeded = await silo.SubmitAsync("succeeds");
        var failed = await silo.SubmitAsync("fails");
        var expired = await silo.SubmitAsync("expires", new SubmitOptions { Hold = true, ExpiresAt = DateTimeOffset.UtcNow.AddMilliseconds(-1) });
        var held = await silo.SubmitAsync("held", new SubmitOptions { Hold = true });
        await held.CancelAsync();

        foreach (var (job, status) in new[] { (succeeded, JobStatus.Succeeded), (failed, JobStatus.Failed), (expired, JobStatus.Expired) })
        {
            (await silo.EndAsync(job)).Status.ShouldBe(status);
            (await TestSilo.CodeAsync(() => job.CancelAsync())).ShouldBe(ErrorCodes.IllegalTransition);
            (await job.ViewAsync()).Status.ShouldBe(status);
        }

        (await TestSilo.CodeAsync(() => held.CancelAsync())).ShouldBe(ErrorCodes.IllegalTransition);
    }

    [Fact]
    public async Task Cancel_WhileOthersWait_EndsAllWaitsAndHoldsUpNoCall()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("slow-stop", obeys: false);
        var job = await silo.SubmitAsync("slow-stop");
        await gate.Entered;
        var waits = Enumerable.Range(0, 5).Select(_ => job.WaitAsync(Patience.Limit)).ToArray();
        await job.CancelAsync();

        // The job's grain still has calls that wait: more calls must be answered all the same.
        await job.CancelAsync().WaitAsync(TimeSpan.FromSeconds(5));
        (await TestSilo.CodeAsync(() => job.ReleaseAsync().WaitAsync(TimeSpan.FromSeconds(5)))).ShouldBe(ErrorCodes.IllegalTransition);
        gate.Open();

        foreach (var wait in waits) (await wait).Status.ShouldBe(JobStatus.Succeeded);
    }

    private static async Task CheckNotStartedAsync(TestSilo silo, JobHandle job)
    {
        var view = await job.CancelAsync("not wanted");
        view.Status.ShouldBe(JobStatus.Cancelled);
        view.FinishedAt.ShouldNotBeNull();
        view.CancelReason.ShouldBe("not wanted");
        view.StartedAt.ShouldBeNull();
        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Cancelled);
    }
}
