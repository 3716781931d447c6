namespace Molino.Conformance.Stores;

/// <summary>Atomic batches, refusals and replays.</summary>
public abstract class BatchConformance : StoreSuite
{
    [Fact]
    public async Task Apply_Submit_IsStoredWithSequenceAndVersion()
    {
        var first = await SubmitAsync(spec => spec with { Tags = ["a", "b"], Priority = 7, Args = "{\"x\":1}"u8.ToArray() });
        var second = await SubmitAsync();
        first.Status.ShouldBe(JobStatus.Queued);
        first.Version.ShouldBe(1);
        second.Sequence.ShouldBeGreaterThan(first.Sequence);
        JobText.Of(await FindAsync(first.Id)).ShouldBe(JobText.Of(first));
    }

    [Fact]
    public async Task Find_UnknownId_IsNull() => (await Jobs.FindAsync(Spec().Id, Stop)).ShouldBeNull();

    [Fact]
    public async Task Apply_AllOrNothingWithRefusal_StoresNothing()
    {
        var known = await SubmitAsync();
        var fresh = Spec();
        var results = await Jobs.ApplyAsync(
            [JobChange.Submit(fresh), new JobChange(known.Id, new JobEvent.Reprioritised(Now, 9, null)), new JobChange(Spec().Id, new JobEvent.Archived(Now))],
            allOrNothing: true,
            Stop);
        results.Select(result => result.Outcome).ShouldBe([ChangeOutcome.RolledBack, ChangeOutcome.RolledBack, ChangeOutcome.NotFound]);
        results[1].Job.ShouldNotBeNull().Priority.ShouldBe(JobPriority.Default);
        (await Jobs.FindAsync(fresh.Id, Stop)).ShouldBeNull();
        (await FindAsync(known.Id)).Version.ShouldBe(1);
        (await Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_EachOnItsOwn_RefusalHurtsOnlyItself()
    {
        var known = await SubmitAsync();
        var fresh = Spec();
        var results = await Jobs.ApplyAsync(
            [JobChange.Submit(fresh), new JobChange(known.Id, new JobEvent.Archived(Now)), new JobChange(known.Id, new JobEvent.Reprioritised(Now, 9, null))],
            allOrNothing: false,
            Stop);
        results.Select(result => result.Outcome).ShouldBe([ChangeOutcome.Applied, ChangeOutcome.Illegal, ChangeOutcome.Applied]);
        (await FindAsync(fresh.Id)).Status.ShouldBe(JobStatus.Queued);
        (await FindAsync(known.Id)).Priority.ShouldBe(9);
    }

    [Fact]
    public async Task Apply_SeveralChangesOfOneJob_AreAppliedInOrder()
    {
        var spec = Spec(spec => spec with { Hold = true });
        var results = await Jobs.ApplyAsync(
            [JobChange.Submit(spec), new JobChange(spec.Id, new JobEvent.HoldReleased(Now)), new JobChange(spec.Id, new JobEvent.CancelRequested(Now, "no"))],
            allOrNothing: true,
            Stop);
        results.Select(result => result.Job.ShouldNotBeNull().Status).ShouldBe([JobStatus.Waiting, JobStatus.Queued, JobStatus.Cancelled]);
        (await FindAsync(spec.Id)).Version.ShouldBe(3);
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Queued.ShouldBe(0);
    }

    [Fact]
    public async Task Apply_SameSubmitTwice_IsReplayedAndCountedOnce()
    {
        var spec = Spec();
        (await ApplyAsync(JobChange.Submit(spec))).Outcome.ShouldBe(ChangeOutcome.Applied);
        (await ApplyAsync(JobChange.Submit(spec))).Outcome.ShouldBe(ChangeOutcome.Replayed);
        var both = await Jobs.ApplyAsync([JobChange.Submit(spec), JobChange.Submit(Spec())], allOrNothing: true, Stop);
        both.Select(result => result.Outcome).ShouldBe([ChangeOutcome.Replayed, ChangeOutcome.Applied]);
        both[0].Job.ShouldNotBeNull().Id.ShouldBe(spec.Id);
        (await Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(2);
        (await Events.ReadAsync(EventCursor.Start, 100, null, Stop)).Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Apply_ReplayedSubmitFollowedByEvent_AppliesToTheStoredJob()
    {
        var spec = Spec();
        await SubmitAsync(spec);
        await LeaseOneAsync();
        var results = await Jobs.ApplyAsync(
            [JobChange.Submit(spec), new JobChange(spec.Id, new JobEvent.CancelRequested(Now, null))], allOrNothing: true, Stop);
        results.Select(result => result.Outcome).ShouldBe([ChangeOutcome.Replayed, ChangeOutcome.Applied]);
        var job = await FindAsync(spec.Id);
        job.Status.ShouldBe(JobStatus.Running);
        job.CancelRequestedAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Apply_CompletionTwice_IsReplayedAndNothingChanges()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        (await ApplyAsync(Succeed(job, "1"))).Outcome.ShouldBe(ChangeOutcome.Applied);
        var again = await ApplyAsync(Succeed(job, "2"));
        again.Outcome.ShouldBe(ChangeOutcome.Replayed);
        var stored = await FindAsync(job.Id);
        stored.Result.ShouldNotBeNull().Inline.ToArray().ShouldBe("1"u8.ToArray());
        stored.Version.ShouldBe(3);
    }

    [Fact]
    public async Task Apply_WrongVersion_IsRefused()
    {
        var job = await SubmitAsync();
        (await ApplyAsync(job, new JobEvent.Reprioritised(Now, 1, null), version: 7)).Outcome.ShouldBe(ChangeOutcome.StaleVersion);
        (await ApplyAsync(job, new JobEvent.Reprioritised(Now, 1, null), version: 1)).Outcome.ShouldBe(ChangeOutcome.Applied);
    }

    [Fact]
    public async Task Apply_WrongToken_IsRefusedAndCounted()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        var stale = job with { Token = job.Token with { Nonce = job.Token.Nonce ^ 1 } };
        (await ApplyAsync(Succeed(stale))).Outcome.ShouldBe(ChangeOutcome.StaleToken);
        (await ApplyAsync(job, new JobEvent.Progressed(Now, stale.Token, new JobProgress(0.5)))).Outcome.ShouldBe(ChangeOutcome.StaleToken);
        (await FindAsync(job.Id)).Status.ShouldBe(JobStatus.Running);
        (await Jobs.TotalsAsync(Stop)).RefusedCompletions.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_RetriedByHandWithArguments_ReplacesThem()
    {
        await SubmitAsync();
        await ApplyAsync(FailForGood(await LeaseOneAsync()));
        var job = (await Jobs.ListAsync(new JobFilter { Status = JobStatus.Failed }, Stop)).Items.ShouldHaveSingleItem();
        var args = System.Text.Encoding.UTF8.GetBytes($"{{\"x\":\"{new string('y', 5000)}\"}}");
        (await ApplyAsync(job, new JobEvent.RetriedByHand(Now, args))).Outcome.ShouldBe(ChangeOutcome.Applied);
        (await LeaseOneAsync()).Spec.Args.ToArray().ShouldBe(args);
    }

    [Fact]
    public async Task Apply_LargeArguments_SurviveEveryTransitionAndReopen()
    {
        var args = new byte[300_000];
        new Random(5).NextBytes(args);
        var submitted = await SubmitAsync(spec => spec with { Args = args });
        var leased = await LeaseOneAsync();
        leased.Spec.Args.ToArray().ShouldBe(args);
        await ApplyAsync(Succeed(leased));
        await ReopenAsync();
        var found = await FindAsync(submitted.Id);
        found.Spec.Args.ToArray().ShouldBe(args);
        found.Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Apply_TenThousandSubmits_AreOneBatch()
    {
        var changes = Enumerable.Range(0, 10_000).Select(_ => JobChange.Submit(Spec())).ToArray();
        var results = await Jobs.ApplyAsync(changes, allOrNothing: true, Stop);
        results.ShouldAllBe(result => result.Outcome == ChangeOutcome.Applied);
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Queued.ShouldBe(10_000);
    }

    [Fact]
    public async Task Observe_Commits_AreToldInOrderUntilDisposed()
    {
        var observer = new CollectingObserver();
        using (Jobs.Observe(observer))
        {
            await SubmitAsync();
            await ApplyAsync(Succeed(await LeaseOneAsync()));
        }

        await SubmitAsync();
        observer.Kinds.ShouldBe([JobEventKind.Submitted, JobEventKind.Leased, JobEventKind.Succeeded]);
    }

    [Fact]
    public async Task Identity_AfterReopen_IsTheSame()
    {
        var before = Jobs.Identity;
        await ReopenAsync();
        Jobs.Identity.ShouldBe(before);
        Jobs.Condition.Ready.ShouldBeTrue();
    }
}
