namespace Molino.Conformance.Stores;

/// <summary>Delayed jobs, retries and expiry.</summary>
public abstract class DueConformance : StoreSuite
{
    [Fact]
    public async Task Lease_BeforeDue_GivesNothingAndSaysWhen()
    {
        var due = Now + TimeSpan.FromSeconds(30) + TimeSpan.FromTicks(1234);
        var job = await SubmitAsync(spec => spec with { DueAt = due });
        job.Status.ShouldBe(JobStatus.Scheduled);
        var result = await LeaseRawAsync(5);
        result.Jobs.ShouldBeEmpty();
        result.NextDueAt.ShouldBe(due);
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().NextDueAt.ShouldBe(due);
        Time.Advance(due - Now);
        (await LeaseOneAsync()).Id.ShouldBe(job.Id);
        (await LeaseRawAsync(5)).NextDueAt.ShouldBeNull();
    }

    [Fact]
    public async Task Lease_DueAndReady_CompeteByPriorityAndAcceptance()
    {
        var due = Now + TimeSpan.FromSeconds(1);
        var delayed = await SubmitAsync(spec => spec with { DueAt = due });
        var urgent = await SubmitAsync(spec => spec with { DueAt = due, Priority = 9 });
        var ready = await SubmitAsync();
        var low = await SubmitAsync(spec => spec with { DueAt = due, Priority = 1 });
        Time.Advance(TimeSpan.FromSeconds(2));
        (await LeaseAsync(2)).Select(job => job.Id).ShouldBe([urgent.Id, delayed.Id]);
        (await FindAsync(low.Id)).Status.ShouldBe(JobStatus.Queued);
        (await LeaseAsync(2)).Select(job => job.Id).ShouldBe([ready.Id, low.Id]);
    }

    [Fact]
    public async Task PromoteDue_AllQueues_NamesThoseThatGotJobs()
    {
        await SubmitManyAsync(6, (spec, i) => spec with { DueAt = Now.AddSeconds(i), Queue = i % 2 == 0 ? "even" : "odd" });
        Time.Advance(TimeSpan.FromSeconds(2));
        (await Upkeep.PromoteDueAsync(100, Stop)).ShouldBe(["even", "odd"], ignoreOrder: true);
        (await Jobs.QueueAsync("even", Stop)).ShouldNotBeNull().Queued.ShouldBe(2);
        (await Upkeep.PromoteDueAsync(100, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AttemptFailed_WithRetry_IsScheduledAndRunsAgainWhenDue()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        var failed = await ApplyAsync(job, new JobEvent.AttemptFailed(Now, job.Token, new JobError("T", "m"), Permanent: false, 0.5));
        failed.Job.ShouldNotBeNull().Status.ShouldBe(JobStatus.Scheduled);
        (await LeaseAsync(1)).ShouldBeEmpty();
        Time.Advance(TimeSpan.FromSeconds(30));
        var again = await LeaseOneAsync();
        again.Attempt.ShouldBe(2);
        again.Token.Epoch.ShouldBe(2);
        again.History.ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldBe("m");
        (await ApplyAsync(Succeed(job))).Outcome.ShouldBe(ChangeOutcome.StaleToken);
    }

    [Fact]
    public async Task Rescheduled_MovesTheDueTime()
    {
        var job = await SubmitAsync(spec => spec with { DueAt = Now.AddHours(1) });
        (await ApplyAsync(job, new JobEvent.Rescheduled(Now, Now))).Job.ShouldNotBeNull().Status.ShouldBe(JobStatus.Queued);
        (await LeaseOneAsync()).Id.ShouldBe(job.Id);
    }

    [Fact]
    public async Task Lease_ExpiredAtTheHead_AreEndedNotLeased()
    {
        var late = await SubmitAsync(spec => spec with { ExpiresAt = Now.AddSeconds(1) });
        var fine = await SubmitAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        (await LeaseAsync(2)).Select(job => job.Id).ShouldBe([fine.Id]);
        var ended = await FindAsync(late.Id);
        ended.Status.ShouldBe(JobStatus.Expired);
        ended.FinishedAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Expire_PendingJobs_EndThoseAndNotTheStarted()
    {
        var limit = Now.AddSeconds(5);
        await SubmitAsync(spec => spec with { ExpiresAt = limit });
        var started = await LeaseOneAsync();
        var held = await SubmitAsync(spec => spec with { ExpiresAt = limit, Hold = true });
        var delayed = await SubmitAsync(spec => spec with { ExpiresAt = limit, DueAt = Now.AddHours(1) });
        var later = await SubmitAsync(spec => spec with { ExpiresAt = limit.AddSeconds(5) });
        (await Upkeep.ExpireAsync(100, Stop)).ShouldBe(0);
        Time.Advance(TimeSpan.FromSeconds(6));
        (await Upkeep.ExpireAsync(1, Stop)).ShouldBe(1);
        (await Upkeep.ExpireAsync(100, Stop)).ShouldBe(1);
        (await FindAsync(held.Id)).Status.ShouldBe(JobStatus.Expired);
        (await FindAsync(delayed.Id)).Status.ShouldBe(JobStatus.Expired);
        (await FindAsync(later.Id)).Status.ShouldBe(JobStatus.Queued);
        (await FindAsync(started.Id)).Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public async Task HeldJob_IsNotLeasedUntilReleased()
    {
        var job = await SubmitAsync(spec => spec with { Hold = true });
        (await LeaseAsync(1)).ShouldBeEmpty();
        await ApplyAsync(job, new JobEvent.HoldReleased(Now));
        (await LeaseOneAsync()).Id.ShouldBe(job.Id);
    }
}
