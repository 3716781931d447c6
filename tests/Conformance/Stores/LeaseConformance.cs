namespace Molino.Conformance.Stores;

/// <summary>Leases: order, exclusiveness, what travels with them.</summary>
public abstract class LeaseConformance : StoreSuite
{
    [Fact]
    public async Task Lease_Jobs_AreRunningWithTokens()
    {
        var submitted = await SubmitAsync();
        var job = await LeaseOneAsync();
        job.Id.ShouldBe(submitted.Id);
        job.Status.ShouldBe(JobStatus.Running);
        job.Attempt.ShouldBe(1);
        job.Token.Epoch.ShouldBe(1);
        job.Silo.ShouldBe(Silo);
        job.Pool.ShouldBe(Pool);
        job.StartedAt.ShouldBe(Now);
        JobText.Of(await FindAsync(job.Id)).ShouldBe(JobText.Of(job));
        (await LeaseAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lease_MixedPriorities_HighestFirstThenFifo()
    {
        var random = new Random(11);
        var jobs = await SubmitManyAsync(300, (spec, _) => spec with { Priority = random.Next(11) });
        var expected = jobs.OrderByDescending(job => job.Priority).ThenBy(job => job.Sequence).Select(job => job.Id).ToList();
        var leased = new List<JobId>();
        while (leased.Count < 300) leased.AddRange((await LeaseAsync(7)).Select(job => job.Id));
        leased.ShouldBe(expected);
    }

    [Fact]
    public async Task Lease_OtherQueue_IsNotTouched()
    {
        await SubmitAsync(spec => spec with { Queue = "other" });
        (await LeaseAsync(10)).ShouldBeEmpty();
        (await LeaseAsync(10, "never-seen")).ShouldBeEmpty();
        (await LeaseAsync(10, "other")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lease_ConcurrentCallersAndInserts_EachJobOnceInOrder()
    {
        const int Count = 2000;
        var submit = Task.Run(async () =>
        {
            for (var i = 0; i < Count / 50; i++) await SubmitManyAsync(50);
        });
        var pools = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<Job>();
            while (!submit.IsCompleted || (await Jobs.QueueAsync(Queue, Stop))?.Queued > 0) mine.AddRange(await LeaseAsync(16));
            return mine;
        })).ToArray();
        await submit;
        var leased = await Task.WhenAll(pools);
        leased.SelectMany(jobs => jobs).Select(job => job.Id).Distinct().Count().ShouldBe(Count);
        leased.Sum(jobs => jobs.Count).ShouldBe(Count);
        foreach (var jobs in leased) jobs.Select(job => job.Sequence).ShouldBeInOrder();
    }

    [Fact]
    public async Task Lease_ReprioritisedJob_TakesItsNewPlace()
    {
        var jobs = await SubmitManyAsync(3);
        await ApplyAsync(jobs[2], new JobEvent.Reprioritised(Now, 9, null));
        await ApplyAsync(jobs[0], new JobEvent.Reprioritised(Now, null, "other"));
        (await LeaseAsync(3)).Select(job => job.Id).ShouldBe([jobs[2].Id, jobs[1].Id]);
        (await LeaseAsync(3, "other")).Select(job => job.Id).ShouldBe([jobs[0].Id]);
    }

    [Fact]
    public async Task Lease_WithAging_WaitingRaisesPriority()
    {
        var old = await SubmitAsync(spec => spec with { Priority = 2 });
        Time.Advance(TimeSpan.FromSeconds(35));
        var middle = await SubmitAsync(spec => spec with { Priority = 4 });
        Time.Advance(TimeSpan.FromSeconds(5));
        var high = await SubmitAsync(spec => spec with { Priority = 6 });
        var equal = await SubmitAsync(spec => spec with { Priority = 5 });

        // With 10 s a step: old 2+4=6, middle 4+0=4, high 6, equal 5. Of equals the one accepted first.
        var leased = await LeaseAsync(4, aging: TimeSpan.FromSeconds(10));
        leased.Select(job => job.Id).ShouldBe([old.Id, high.Id, equal.Id, middle.Id]);
    }

    [Fact]
    public async Task Lease_WithAgingManyPriorities_IsTheSameWhateverTheBatch()
    {
        var random = new Random(3);
        var jobs = new List<Job>();
        for (var i = 0; i < 120; i++)
        {
            jobs.Add(await SubmitAsync(spec => spec with { Priority = random.Next(11) }));
            Time.Advance(TimeSpan.FromSeconds(random.Next(3)));
        }

        var aging = TimeSpan.FromSeconds(7);
        var now = Now;
        var expected = jobs
            .OrderByDescending(job => job.Priority + ((now - job.Spec.CreatedAt).Ticks / aging.Ticks))
            .ThenBy(job => job.Sequence)
            .Select(job => job.Id);
        var leased = new List<JobId>();
        while (leased.Count < 120) leased.AddRange((await LeaseAsync(1 + random.Next(9), aging: aging)).Select(job => job.Id));
        leased.ShouldBe(expected);
    }

    [Fact]
    public async Task Lease_WithCompletions_StoresEachOnItsOwn()
    {
        await SubmitManyAsync(4);
        var jobs = await LeaseAsync(3);
        var stale = Succeed(jobs[1] with { Token = new LeaseToken(9, 9) });
        var result = await LeaseRawAsync(5, completions: [Succeed(jobs[0]), stale, Succeed(jobs[2])]);
        result.Completions.Select(done => done.Outcome).ShouldBe([ChangeOutcome.Applied, ChangeOutcome.StaleToken, ChangeOutcome.Applied]);
        result.Jobs.Count.ShouldBe(1);
        result.MoreReady.ShouldBeFalse();
        (await FindAsync(jobs[0].Id)).Status.ShouldBe(JobStatus.Succeeded);
        (await FindAsync(jobs[1].Id)).Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public async Task Lease_MaxZero_OnlyStoresCompletions()
    {
        await SubmitManyAsync(2);
        var job = await LeaseOneAsync();
        var result = await LeaseRawAsync(0, completions: [Succeed(job)]);
        result.Jobs.ShouldBeEmpty();
        result.MoreReady.ShouldBeTrue();
        result.Completions.ShouldHaveSingleItem().Outcome.ShouldBe(ChangeOutcome.Applied);
    }

    [Fact]
    public async Task Lease_LessThanReady_SaysMoreIsReady()
    {
        await SubmitManyAsync(3);
        (await LeaseRawAsync(2)).MoreReady.ShouldBeTrue();
        (await LeaseRawAsync(2)).MoreReady.ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_Tokens_AllDiffer()
    {
        await SubmitManyAsync(500);
        (await LeaseAsync(500)).Select(job => job.Token.Nonce).Distinct().Count().ShouldBe(500);
    }

    [Fact]
    public async Task Leases_BySilo_AreThoseRunning()
    {
        await SubmitManyAsync(5);
        var mine = await LeaseAsync(2);
        var theirs = await LeaseAsync(3, silo: "silo-2/1");
        await ApplyAsync(Succeed(mine[0]));
        await ApplyAsync(theirs[0], new JobEvent.CancelRequested(Now, "stop"));
        var leases = await Jobs.LeasesAsync(Silo, Stop);
        var lease = leases.ShouldHaveSingleItem();
        lease.ShouldBe(new RunningLease(mine[1].Id, mine[1].Token, Pool, Queue, Now, CancelRequested: false));
        (await Jobs.LeasesAsync("silo-2/1", Stop)).Count(other => other.CancelRequested).ShouldBe(1);
        (await Jobs.LeaseHoldersAsync(Stop)).ShouldBe([Silo, "silo-2/1"], ignoreOrder: true);
        await ApplyAsync(Succeed(mine[1]));
        (await Jobs.LeaseHoldersAsync(Stop)).ShouldBe(["silo-2/1"]);
    }

    [Fact]
    public async Task Lease_OfAPausedQueue_StoresEndsAndGivesNothing_AlsoAfterReopening()
    {
        await SubmitManyAsync(3, (spec, _) => spec);
        await SubmitAsync(spec => spec with { DueAt = Now.AddSeconds(1) });
        await SubmitAsync(spec => spec with { Queue = "other" });
        var running = await LeaseOneAsync();
        (await Jobs.SetPausedAsync(Queue, paused: true, Stop)).ShouldBeTrue();
        (await Jobs.SetPausedAsync(Queue, paused: true, Stop)).ShouldBeTrue(); // it is known, though nothing changes
        Time.Advance(TimeSpan.FromSeconds(2));

        var change = new JobChange(running.Id, new JobEvent.AttemptFailed(Now, running.Token, new JobError("T", "m"), Permanent: true, 0.5));
        var answer = await Jobs.LeaseAsync(new LeaseRequest(Queue, 5, Silo, Pool, [change]), Stop);

        answer.Completions[0].Outcome.ShouldBe(ChangeOutcome.Applied);
        (answer.Jobs.Count, answer.MoreReady, answer.NextDueAt, answer.IsPaused).ShouldBe((0, false, null, true));
        (await Jobs.QueuesAsync(Stop)).Where(queue => queue.Paused).Select(queue => queue.Name).ShouldBe([Queue]);
        (await Jobs.LeaseAsync(new LeaseRequest("other", 5, Silo, Pool, []), Stop)).Jobs.Count.ShouldBe(1);

        await ReopenAsync();
        (await LeaseRawAsync(5)).Jobs.ShouldBeEmpty();
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Paused.ShouldBeTrue();
        (await Jobs.SetPausedAsync(Queue, paused: false, Stop)).ShouldBeTrue();
        var resumed = await LeaseRawAsync(5);
        (resumed.Jobs.Count, resumed.IsPaused).ShouldBe((3, false));
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Paused.ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_AskedForWhenASubmitIsQueued_FindsItsJob()
    {
        for (var round = 0; round < 50; round++)
        {
            Task<LeaseResult>? leasing = null;
            var change = JobChange.Submit(Spec());
            var result = (await Jobs.ApplyAsync([change], allOrNothing: false, () => leasing = LeaseRawAsync(5), Stop))[0];

            (result.Outcome, result.IsLate).ShouldBe((ChangeOutcome.Applied, false));
            (await leasing.ShouldNotBeNull()).Jobs.ShouldHaveSingleItem().Id.ShouldBe(change.Job);
        }
    }

    [Fact]
    public async Task WhenQueued_OfWhatTheStoreRefusesAtOnce_IsNotCalled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var calls = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => Jobs.ApplyAsync([JobChange.Submit(Spec())], allOrNothing: false, () => calls++, cancelled.Token));

        calls.ShouldBe(0);
    }

    [Fact]
    public async Task SetPaused_QueueThatNeverHadAJob_ChangesNothing()
    {
        (await Jobs.SetPausedAsync("nowhere", paused: true, Stop)).ShouldBeFalse();
        (await Jobs.QueueAsync("nowhere", Stop)).ShouldBeNull();
        var job = await SubmitAsync(spec => spec with { Queue = "nowhere" });
        (await Jobs.SetPausedAsync(job.Spec.Type, paused: true, Stop)).ShouldBeFalse(); // a name of the store, but of no queue
        (await Jobs.LeaseAsync(new LeaseRequest("nowhere", 5, Silo, Pool, []), Stop)).Jobs.Count.ShouldBe(1);
    }
}
