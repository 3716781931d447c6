using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Retrying;

/// <summary>Failed attempts, dead letters and snoozing.</summary>
public sealed class RetryTests
{
    private static readonly SubmitOptions Twice = new() { MaxAttempts = 2 };

    [Fact]
    public async Task Failure_WithWaits_IsTriedAgainAfterEach()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("flaky", (context, _) => context.Attempt < 3 ? throw new InvalidOperationException($"no {context.Attempt}") : Task.FromResult<string?>("yes"));
        var retry = new RetrySubmission { First = TimeSpan.FromMilliseconds(200), Factor = 2, Max = TimeSpan.FromSeconds(1), Jitter = false };

        var ended = await silo.RunAsync("flaky", new SubmitOptions { Retry = retry, MaxAttempts = 3 });

        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.Attempt.ShouldBe(3);
        var history = ended.History.ShouldNotBeNull();
        history.Select(attempt => (attempt.Number, attempt.Outcome)).ShouldBe([(1, AttemptOutcome.Failed), (2, AttemptOutcome.Failed), (3, AttemptOutcome.Succeeded)]);
        history[0].Error!.Message.ShouldBe("no 1");
        (history[1].StartedAt - history[0].FinishedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(199));
        (history[2].StartedAt - history[1].FinishedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(399));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_WithAndWithoutJitter_IsWithinItsBounds(bool jitter)
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("fails", (_, _) => throw new InvalidOperationException("no"));
        var retry = new RetrySubmission { First = TimeSpan.FromHours(1), Factor = 1, Max = TimeSpan.FromHours(1), Jitter = jitter };
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
        {
            var job = await silo.SubmitAsync("fails", new SubmitOptions { Retry = retry });
            JobView? view = null;
            await Patience.UntilAsync(async () => (view = await job.ViewAsync()).History is { Count: 1 }, "the first attempt has failed");
            waits.Add(view!.DueAt!.Value - view.History![0].FinishedAt);
        }

        foreach (var wait in waits) wait.ShouldBeInRange(TimeSpan.FromMilliseconds(-1), TimeSpan.FromHours(1).Add(TimeSpan.FromMilliseconds(1)));
        if (jitter) waits.Distinct().Count().ShouldBeGreaterThan(1);
        else waits.ShouldAllBe(wait => wait > TimeSpan.FromMinutes(59.9));
    }

    [Fact]
    public async Task Failure_AtTheLastAttempt_IsADeadLetter()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("fails", (_, _) => throw new InvalidOperationException("never works"));

        var ended = await silo.RunAsync("fails", Twice);

        ended.Status.ShouldBe(JobStatus.Failed);
        (ended.Attempt, ended.Epoch).ShouldBe((2, 2));
        ended.Error.ShouldNotBeNull().Type.ShouldBe(nameof(InvalidOperationException));
        ended.Error.Message.ShouldBe("never works");
        ended.Error.Detail.ShouldNotBeNull().ShouldContain(nameof(RetryTests));
        (await silo.Client.QueueAsync("default")).Failed.ShouldBe(1);
        (await silo.Transport.ListJobsAsync(new JobFilter { Status = JobStatus.Failed }, CancellationToken.None)).Items.Single().Id.ShouldBe(ended.Id);
        await Should.ThrowAsync<JobFailedException>(() => silo.Client.Job(ended.Id).ResultAsync<string>(Patience.Limit));
    }

    [Theory]
    [InlineData("declared")]
    [InlineData("judged")]
    public async Task Failure_Permanent_IsFinalAtOnce(string name)
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Type = type => type.IsPermanent = error => error is PermanentJobException or NotSupportedException });
        silo.Stage.On("declared", (_, _) => throw new PermanentJobException("SqlError", "syntax", "at line 1"));
        silo.Stage.On("judged", (_, _) => throw new NotSupportedException("never"));

        var ended = await silo.RunAsync(name);

        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Attempt.ShouldBe(1);
        silo.Stage.StartsOf(name).ShouldBe(1);
        ended.Error!.Type.ShouldBe(name == "declared" ? "SqlError" : nameof(NotSupportedException));
    }

    [Fact]
    public async Task Failure_OfItsOwnKind_KeepsTypeAndDetail()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("fails", (_, _) => throw new AttemptFailedException("ProcessExited", "exit code 3", "last words"));

        (await silo.RunAsync("fails", new SubmitOptions { MaxAttempts = 1 })).Error.ShouldBe(new JobError("ProcessExited", "exit code 3", "last words"));
    }

    [Fact]
    public async Task Cancellation_ThatNobodyAskedFor_IsAFailureLikeAnother()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("own", (_, _) => throw new OperationCanceledException("a time-out of its own"));

        var ended = await silo.RunAsync("own", new SubmitOptions { MaxAttempts = 1 });

        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.Type.ShouldBe(nameof(OperationCanceledException));
    }

    [Fact]
    public async Task RetryByHand_OfADeadLetter_StartsAfresh()
    {
        await using var silo = await TestSilo.StartAsync();
        var works = false;
        silo.Stage.On("mended", (context, _) => works ? Task.FromResult<string?>($"attempt {context.Attempt}") : throw new InvalidOperationException("no"));
        var job = await silo.SubmitAsync("mended", Twice);
        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Failed);

        works = true;
        (await job.RetryAsync()).IsTerminal.ShouldBeFalse();

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("attempt 1");
        (await silo.Client.QueueAsync("default")).Failed.ShouldBe(0);
    }

    [Fact]
    public async Task RetryByHand_WithOtherArguments_RunsWithThem()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("wrong", (_, _) => throw new PermanentJobException("Wrong", "no"));
        var job = await silo.SubmitAsync("wrong");
        await silo.EndAsync(job);

        (await TestSilo.CodeAsync(() => job.RetryWithAsync(new { nome = "right" }))).ShouldBe(ErrorCodes.InvalidRequest);
        await job.RetryWithAsync(new ActArgs("right"));

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("right");
        (await job.ViewAsync()).Args.To<ActArgs>().ShouldBe(new ActArgs("right"));
    }

    [Fact]
    public async Task RetryByHand_OfOthersThanDeadLetters_IsIllegal()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("running");
        var running = await silo.SubmitAsync("running");
        await gate.Entered;
        var held = await silo.SubmitAsync("held", new SubmitOptions { Hold = true });
        var done = await silo.SubmitAsync("done");
        await silo.EndAsync(done);

        foreach (var job in new[] { running, held, done }) (await TestSilo.CodeAsync(() => job.RetryAsync())).ShouldBe(ErrorCodes.IllegalTransition);
        gate.Open();
    }

    [Fact]
    public async Task Snooze_Always_CostsNoAttempt()
    {
        await using var silo = await TestSilo.StartAsync();
        var snoozes = 0;
        silo.Stage.On("sleepy", (context, _) => ++snoozes <= 3 ? throw context.Snooze(TimeSpan.FromMilliseconds(50)) : Task.FromResult<string?>($"attempt {context.Attempt}"));

        var job = await silo.SubmitAsync("sleepy", new SubmitOptions { MaxAttempts = 1 });

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("attempt 1");
        var view = await job.ViewAsync();
        view.Epoch.ShouldBe(4);
        view.History!.Take(3).ShouldAllBe(attempt => attempt.Outcome == AttemptOutcome.HandedBack);
        view.History![1].StartedAt.ShouldBeGreaterThanOrEqualTo(view.History[0].FinishedAt.AddMilliseconds(49));
    }

    [Fact]
    public async Task Snooze_ForLongerThanTimeCanTell_IsRefusedOrCapped_NeverStuck()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("forever", (context, _) => throw context.Snooze(TimeSpan.MaxValue));
        var job = await silo.SubmitAsync("forever", new SubmitOptions { MaxAttempts = 1 });

        await Patience.UntilAsync(async () => silo.Stage.StartsOf("forever") == 1 && (await job.ViewAsync()).Status != JobStatus.Running, "the attempt has ended");

        (await job.ViewAsync()).Status.ShouldBeOneOf(JobStatus.Failed, JobStatus.Scheduled);
        await job.CancelAsync();
    }

    [Fact]
    public async Task Job_WhoseTypeIsNoLongerRegistered_FailsByName()
    {
        using var folder = new TestFolder();
        JobHandle job;
        await using (var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder }))
            job = await before.SubmitAsync("orphan", new SubmitOptions { Delay = TimeSpan.FromMilliseconds(500), MaxAttempts = 1 });
        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder, KnowsAct = false });

        var ended = await after.EndAsync(after.Client.Job(job.Id));

        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.Type.ShouldBe("UnknownType");
        ended.Error.Message.ShouldContain("act");
    }
}
