namespace Molino.Core.Tests.Jobs;

public sealed class JobTransitionTests
{
    private static readonly DateTimeOffset Now = Samples.Now;

    [Fact]
    public void Create_HeldJobDueLater_WaitsThenIsScheduled()
    {
        var job = Samples.Create(Samples.Spec(hold: true, due: Now.AddMinutes(1)));
        job.Status.ShouldBe(JobStatus.Waiting);

        JobTransitions.Apply(job, new JobEvent.HoldReleased(Now)).Status.ShouldBe(JobStatus.Scheduled);
    }

    [Fact]
    public void Leased_BeforeDue_IsIllegal()
    {
        var job = Samples.Create(Samples.Spec(due: Now.AddMinutes(1)));

        JobTransitions.Judge(job, new JobEvent.Leased(Now, 1, "s", "p")).ShouldBe(TransitionVerdict.Illegal);
        JobTransitions.Judge(job, new JobEvent.Leased(Now.AddMinutes(1), 1, "s", "p")).ShouldBe(TransitionVerdict.Legal);
    }

    [Fact]
    public void Leased_StoresAttemptTokenSiloAndStart()
    {
        var job = Samples.Running();

        job.Attempt.ShouldBe(1);
        job.Token.ShouldBe(new LeaseToken(1, 42));
        job.Silo.ShouldBe("silo-1");
        job.StartedAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(2, 42UL)]
    [InlineData(1, 43UL)]
    public void Succeeded_WithAnotherToken_IsRefused(int epoch, ulong nonce)
    {
        var job = Samples.Running();

        JobTransitions.Judge(job, new JobEvent.Succeeded(Now, new LeaseToken(epoch, nonce), Samples.Result())).ShouldBe(TransitionVerdict.StaleToken);
    }

    [Fact]
    public void Succeeded_OfAnEarlierLease_IsRefusedAfterTheJobRanAgain()
    {
        var first = Samples.Running();
        var second = JobTransitions.Apply(
            JobTransitions.Apply(first, new JobEvent.LeaseLost(Now, first.Token)), new JobEvent.Leased(Now, 43, "silo-2", "default"));

        JobTransitions.Judge(second, new JobEvent.Succeeded(Now, first.Token, Samples.Result())).ShouldBe(TransitionVerdict.StaleToken);
    }

    [Fact]
    public void AttemptFailed_AttemptsLeft_SchedulesARetryWithJitter()
    {
        var job = Samples.Running();

        var failed = JobTransitions.Apply(job, new JobEvent.AttemptFailed(Now, job.Token, Samples.Error(), false, 0.5));

        failed.Status.ShouldBe(JobStatus.Scheduled);
        failed.DueAt.ShouldBe(Now.AddSeconds(30));
        failed.History.Count.ShouldBe(1);
        failed.History[0].Outcome.ShouldBe(AttemptOutcome.Failed);
    }

    [Fact]
    public void AttemptFailed_LastAttempt_FailsForGood()
    {
        var job = Samples.Running(maxAttempts: 1);

        var failed = JobTransitions.Apply(job, new JobEvent.AttemptFailed(Now, job.Token, Samples.Error(), false, 0.5));

        failed.Status.ShouldBe(JobStatus.Failed);
        failed.Error.ShouldBe(Samples.Error());
        failed.FinishedAt.ShouldBe(Now);
    }

    [Fact]
    public void AttemptFailed_Permanent_FailsForGoodAtOnce()
    {
        var job = Samples.Running();

        JobTransitions.Apply(job, new JobEvent.AttemptFailed(Now, job.Token, Samples.Error(), true, 0)).Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public void AttemptFailed_AfterCancelRequest_EndsCancelledNeverInARetry()
    {
        var job = JobTransitions.Apply(Samples.Running(), new JobEvent.CancelRequested(Now, "enough"));

        JobTransitions.Apply(job, new JobEvent.AttemptFailed(Now, job.Token, Samples.Error(), false, 0)).Status.ShouldBe(JobStatus.Cancelled);
    }

    [Fact]
    public void LeaseLost_AfterCancelRequest_EndsCancelled()
    {
        var job = JobTransitions.Apply(Samples.Running(), new JobEvent.CancelRequested(Now, "enough"));

        JobTransitions.Apply(job, new JobEvent.LeaseLost(Now, job.Token)).Status.ShouldBe(JobStatus.Cancelled);
    }

    [Fact]
    public void Succeeded_AfterCancelRequest_StillSucceedsAndSaysSo()
    {
        var job = JobTransitions.Apply(Samples.Running(), new JobEvent.CancelRequested(Now, "enough"));

        var done = JobTransitions.Apply(job, new JobEvent.Succeeded(Now.AddSeconds(1), job.Token, Samples.Result()));

        done.Status.ShouldBe(JobStatus.Succeeded);
        done.CancelRequestedAt.ShouldBe(Now);
    }

    [Fact]
    public void CancelRequested_Twice_ChangesNothing()
    {
        var job = JobTransitions.Apply(Samples.Running(), new JobEvent.CancelRequested(Now, "enough"));

        JobTransitions.Apply(job, new JobEvent.CancelRequested(Now.AddSeconds(1), "again")).ShouldBeSameAs(job);
    }

    [Fact]
    public void CancelConfirmed_WithoutARequest_IsIllegal()
    {
        var job = Samples.Running();

        JobTransitions.Judge(job, new JobEvent.CancelConfirmed(Now, job.Token)).ShouldBe(TransitionVerdict.Illegal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LeaseLostOrHandedBack_DoesNotUseUpAnAttempt(bool handedBack)
    {
        var job = Samples.Running(maxAttempts: 1);

        var back = JobTransitions.Apply(job, handedBack ? new JobEvent.HandedBack(Now, job.Token) : new JobEvent.LeaseLost(Now, job.Token));

        back.Status.ShouldBe(JobStatus.Queued);
        back.Attempt.ShouldBe(0);
        back.Losses.ShouldBe(handedBack ? 0 : 1);
        Samples.Lease(back).Attempt.ShouldBe(1);
        Samples.Lease(back).Token.Epoch.ShouldBe(2);
    }

    [Fact]
    public void HandedBack_WithADueTime_IsScheduled()
    {
        var job = Samples.Running();

        JobTransitions.Apply(job, new JobEvent.HandedBack(Now, job.Token, Now.AddMinutes(1))).Status.ShouldBe(JobStatus.Scheduled);
    }

    [Fact]
    public void Quarantined_OnlyAfterTwoLosses()
    {
        var job = Samples.Running();
        for (var loss = 0; loss < JobTransitions.LossesBeforeSuspect; loss++)
        {
            JobTransitions.Judge(job, new JobEvent.Quarantined(Now, job.Token)).ShouldBe(TransitionVerdict.Illegal);
            job = Samples.Lease(JobTransitions.Apply(job, new JobEvent.LeaseLost(Now, job.Token)));
        }

        job.IsSuspect.ShouldBeTrue();
        var quarantined = JobTransitions.Apply(job, new JobEvent.Quarantined(Now, job.Token));
        quarantined.Status.ShouldBe(JobStatus.Failed);
        quarantined.Error!.Type.ShouldBe(JobError.CrashLoop);
    }

    [Fact]
    public void Quarantined_AfterACancelRequest_EndsInCancelledAsALostLeaseDoes()
    {
        var suspect = Samples.Running() with { Losses = JobTransitions.LossesBeforeSuspect };
        var job = JobTransitions.Apply(suspect, new JobEvent.CancelRequested(Now, "enough"));

        var ended = JobTransitions.Apply(job, new JobEvent.Quarantined(Now, job.Token));

        ended.ShouldBeEquivalentTo(JobTransitions.Apply(job, new JobEvent.LeaseLost(Now, job.Token)));
        ended.Status.ShouldBe(JobStatus.Cancelled);
        ended.Error.ShouldBe(new JobError(JobError.CancelledType, "enough"));
        JobTransitions.Apply(ended, new JobEvent.Quarantined(Now, job.Token)).ShouldBeSameAs(ended);
    }

    [Fact]
    public void Expired_AfterAFirstAttempt_IsIllegal()
    {
        var job = Samples.Lease(Samples.Create(Samples.Spec(expires: Now.AddSeconds(1))));
        var back = JobTransitions.Apply(job, new JobEvent.LeaseLost(Now, job.Token));

        JobTransitions.Judge(back, new JobEvent.Expired(Now.AddSeconds(2))).ShouldBe(TransitionVerdict.Illegal);
    }

    [Fact]
    public void RetriedByHand_StartsAFreshRoundAndKeepsTheHistory()
    {
        var failed = Samples.In(JobStatus.Failed);

        var again = JobTransitions.Apply(failed, new JobEvent.RetriedByHand(Now, "{\"a\":1}"u8.ToArray()));

        again.Status.ShouldBe(JobStatus.Queued);
        again.Attempt.ShouldBe(0);
        again.History.Count.ShouldBe(1);
        again.FinishedAt.ShouldBeNull();
        again.Spec.Args.ToArray().ShouldBe("{\"a\":1}"u8.ToArray());
        Samples.Lease(again).Token.Epoch.ShouldBe(failed.Token.Epoch + 1);
    }

    [Fact]
    public void History_ManyAttempts_KeepsTheNewest()
    {
        var job = Samples.Queued(maxAttempts: 1000);
        for (var i = 0; i < Job.MaxHistory + 5; i++)
        {
            job = Samples.Lease(job, Now.AddDays(i));
            job = JobTransitions.Apply(job, new JobEvent.AttemptFailed(Now.AddDays(i), job.Token, new JobError("E", $"{i}"), false, 0));
        }

        job.History.Count.ShouldBe(Job.MaxHistory);
        job.History[^1].Error!.Message.ShouldBe($"{Job.MaxHistory + 4}");
        job.History[0].Error!.Message.ShouldBe("5");
    }
}
