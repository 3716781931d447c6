namespace Molino.Conformance.Stores;

/// <summary>What retention removes, and what it leaves.</summary>
public abstract class RetentionConformance : StoreSuite
{
    private static readonly RetentionLimits Limits = new() { MaxBytes = long.MaxValue };

    [Fact]
    public async Task Sweep_ByAge_EachEndHasItsOwn()
    {
        var succeeded = await FinishAsync();
        await SubmitAsync();
        var failed = await LeaseOneAsync();
        await ApplyAsync(FailForGood(failed));
        var cancelled = await SubmitAsync();
        await ApplyAsync(cancelled, new JobEvent.CancelRequested(Now, null));
        var live = await SubmitAsync();
        Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await SweepAsync(Limits);
        (await Jobs.FindAsync(succeeded.Id, Stop)).ShouldBeNull();
        (await Jobs.FindAsync(cancelled.Id, Stop)).ShouldBeNull();
        (await Jobs.FindAsync(failed.Id, Stop)).ShouldNotBeNull();
        (await Jobs.FindAsync(live.Id, Stop)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromDays(30));
        await SweepAsync(Limits);
        (await Jobs.FindAsync(failed.Id, Stop)).ShouldBeNull();
        (await Jobs.FindAsync(live.Id, Stop)).ShouldNotBeNull();
        var totals = await Jobs.TotalsAsync(Stop);
        (totals.Accepted, totals.Live, totals.Finished, totals.Removed).ShouldBe((4, 1, 0, 3));
    }

    [Fact]
    public async Task Sweep_ByCount_OldestEndsGoFirst()
    {
        await SubmitManyAsync(900);
        var finished = new List<JobId>();
        foreach (var job in await LeaseAsync(800))
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
            await ApplyAsync(finished.Count % 3 == 0 ? FailForGood(job) : Succeed(job));
            finished.Add(job.Id);
        }

        await SweepAsync(Limits with { MaxJobs = 100 });
        var kept = (await Jobs.ListAsync(new JobFilter { Limit = 1000 }, Stop)).Items;
        kept.Where(job => job.Status.IsTerminal()).Select(job => job.Id).ShouldBe(finished.TakeLast(100), ignoreOrder: true);
        var totals = await Jobs.TotalsAsync(Stop);
        (totals.Live, totals.Finished, totals.Removed).ShouldBe((100, 100, 700));
    }

    [Fact]
    public async Task Sweep_ByBytes_StopsBelowThem()
    {
        var args = new byte[4000];
        new Random(1).NextBytes(args);
        await SubmitManyAsync(1000, (spec, _) => spec with { Args = args });
        while ((await LeaseAsync(500)) is { Count: > 0 } jobs) await Jobs.ApplyAsync([.. jobs.Select(job => Succeed(job))], false, Stop);
        var bytes = (await Jobs.TotalsAsync(Stop)).Bytes;
        bytes.ShouldBeGreaterThan(4_000_000);
        await SweepAsync(Limits with { MaxBytes = bytes / 2 });
        var totals = await Jobs.TotalsAsync(Stop);
        totals.Bytes.ShouldBeLessThanOrEqualTo(bytes / 2);
        totals.Finished.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Sweep_Results_GoBeforeTheirJobs()
    {
        var old = await FinishAsync(result: "\"old\"");
        Time.Advance(TimeSpan.FromHours(2));
        var young = await FinishAsync(result: "\"young\"");
        await SweepAsync(Limits with { Results = TimeSpan.FromHours(1) });
        var swept = await FindAsync(old.Id);
        swept.Status.ShouldBe(JobStatus.Succeeded);
        swept.Result.ShouldNotBeNull().Inline.Length.ShouldBe(0);
        swept.Result.Length.ShouldBe(5);
        (await FindAsync(young.Id)).Result.ShouldNotBeNull().Inline.Length.ShouldBe(7);
        Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(Limits with { Results = TimeSpan.FromHours(1) });
        (await FindAsync(young.Id)).Result.ShouldNotBeNull().Inline.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_EventsByCount_KeepsTheNewest()
    {
        for (var i = 0; i < 20; i++) await SubmitManyAsync(100);
        await SweepAsync(Limits with { MaxEvents = 500 });
        var first = (await Events.ReadAsync(EventCursor.Start, 1, null, Stop)).Events.ShouldHaveSingleItem();
        var kept = Events.Head.Sequence - first.Cursor.Sequence + 1;
        kept.ShouldBeInRange(500, 800);
        Events.Head.Sequence.ShouldBe(2000);
    }

    [Fact]
    public async Task Sweep_RemovedJob_TakesItsContentAlong()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(0, 0, 1, "x\n"u8.ToArray()), Stop);
        await Content.AppendLogAsync(job.Id, [new LogLine(1, Now, 1, "hello")], Stop);
        await Content.PutDataAsync(job.Id, job.Token, "key", "value"u8.ToArray(), Stop);
        await ApplyAsync(Succeed(job));
        Time.Advance(TimeSpan.FromDays(2));
        await SweepAsync(Limits);
        (await Content.ReadLogAsync(job.Id, 0, 10, Stop)).ShouldBeEmpty();
        (await Content.GetDataAsync(job.Id, "key", Stop)).ShouldBeNull();
        await foreach (var chunk in Content.ReadChunksAsync(job.Id, job.Token.Epoch, 0, Stop)) chunk.ShouldBeNull();
    }

    [Fact]
    public async Task Sweep_JobThatFailedAgainAfterARetryByHand_GoesOnceWithBothItsEnds()
    {
        var job = await SubmitAsync();
        await ApplyAsync(FailForGood(await LeaseOneAsync()));
        Time.Advance(TimeSpan.FromMinutes(1));
        await ApplyAsync(job, new JobEvent.RetriedByHand(Now, null));
        await ApplyAsync(FailForGood(await LeaseOneAsync()));
        var other = await SubmitAsync();
        await ApplyAsync(FailForGood(await LeaseOneAsync()));
        Time.Advance(TimeSpan.FromDays(31));
        await SweepAsync(Limits);
        (await Jobs.FindAsync(job.Id, Stop)).ShouldBeNull();
        (await Jobs.FindAsync(other.Id, Stop)).ShouldBeNull();
        var totals = await Jobs.TotalsAsync(Stop);
        (totals.Live, totals.Finished, totals.Removed).ShouldBe((0, 0, 2));
    }

    [Fact]
    public async Task Sweep_JobsToRemoveAtEachCall_TheOthersAreNotHeldUp()
    {
        var limits = Limits with { Succeeded = TimeSpan.FromMinutes(1), Results = TimeSpan.FromSeconds(10), MaxEvents = 50, MaxJobs = 20 };
        for (var second = 0; second < 120; second++)
        {
            await FinishAsync();
            Time.Advance(TimeSpan.FromSeconds(1));
            await Upkeep.SweepAsync(limits, Stop);
        }

        (await Jobs.TotalsAsync(Stop)).Finished.ShouldBeInRange(19, 20);
        var kept = await Jobs.ListAsync(new JobFilter { Limit = 100 }, Stop);
        foreach (var view in kept.Items) ((await FindAsync(view.Id)).Result.ShouldNotBeNull().Inline.Length > 0).ShouldBe(view.FinishedAt > Now - limits.Results, $"{view.FinishedAt}");
        var first = (await Events.ReadAsync(EventCursor.Start, 1, null, Stop)).Events.ShouldHaveSingleItem();
        (Events.Head.Sequence - first.Cursor.Sequence + 1).ShouldBeInRange(50, 60);
    }

    [Fact]
    public async Task Sweep_NothingToDo_SaysSo()
    {
        await SubmitManyAsync(10);
        (await Upkeep.SweepAsync(Limits, Stop)).ShouldBeFalse();
    }

    private async Task SweepAsync(RetentionLimits limits)
    {
        for (var batches = 0; await Upkeep.SweepAsync(limits, Stop); batches++) batches.ShouldBeLessThan(1000);
    }
}
