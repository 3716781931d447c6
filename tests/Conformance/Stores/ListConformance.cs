namespace Molino.Conformance.Stores;

/// <summary>Listing, filters, paging and counts.</summary>
public abstract class ListConformance : StoreSuite
{
    [Fact]
    public async Task List_NoFilter_IsNewestFirstWithoutResults()
    {
        var jobs = await SubmitManyAsync(5);
        await ApplyAsync(Succeed(await LeaseOneAsync(), "{\"big\":true}"));
        var page = await Jobs.ListAsync(new JobFilter(), Stop);
        page.Items.Select(job => job.Id).ShouldBe(jobs.AsEnumerable().Reverse().Select(job => job.Id));
        page.Items.ShouldAllBe(job => job.Result == null);
        page.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task List_PagesWhileOthersWrite_ListsEachJobOnce()
    {
        var jobs = await SubmitManyAsync(250);
        var listed = new List<JobId>();
        string? cursor = null;
        do
        {
            var page = await Jobs.ListAsync(new JobFilter { Limit = 40, Cursor = cursor }, Stop);
            listed.AddRange(page.Items.Select(job => job.Id));
            cursor = page.NextCursor;
            await SubmitManyAsync(10);
            foreach (var job in await LeaseAsync(20)) await ApplyAsync(Succeed(job));
        }
        while (cursor is not null);

        listed.ShouldBe(jobs.AsEnumerable().Reverse().Select(job => job.Id));
    }

    [Fact]
    public async Task List_EachFilter_GivesWhatFits()
    {
        var start = Now;
        var mail = await SubmitAsync(spec => spec with { Type = "mail.send", Queue = "mail", Tags = ["tenant-7", "night"] });
        Time.Advance(TimeSpan.FromMinutes(1));
        var sql = await SubmitAsync(spec => spec with { Type = "sql.query", Queue = "sql", Tags = ["tenant-8"] });
        Time.Advance(TimeSpan.FromMinutes(1));
        var held = await SubmitAsync(spec => spec with { Hold = true });
        await ExpectAsync(new JobFilter { Queue = "mail" }, mail);
        await ExpectAsync(new JobFilter { Type = "sql.query" }, sql);
        await ExpectAsync(new JobFilter { Tag = "night" }, mail);
        await ExpectAsync(new JobFilter { Tag = "tenant" });
        await ExpectAsync(new JobFilter { Prefix = "tenant" }, sql, mail);
        await ExpectAsync(new JobFilter { Prefix = "sql." }, sql);
        await ExpectAsync(new JobFilter { Prefix = held.Id.ToString()[..14] }, held);
        await ExpectAsync(new JobFilter { Status = JobStatus.Waiting }, held);
        await ExpectAsync(new JobFilter { Status = JobStatus.Queued }, sql, mail);
        await ExpectAsync(new JobFilter { Status = JobStatus.Queued, Queue = "sql" }, sql);
        await ExpectAsync(new JobFilter { From = start.AddMinutes(1) }, held, sql);
        await ExpectAsync(new JobFilter { To = start.AddMinutes(1) }, mail);
        await ExpectAsync(new JobFilter { Status = JobStatus.Running });
    }

    [Fact]
    public async Task List_ByStatusInPages_FindsAllOfEachState()
    {
        var jobs = await SubmitManyAsync(60, (spec, i) => spec with { Priority = i % 11 });
        var leased = await LeaseAsync(30);
        foreach (var job in leased.Take(12)) await ApplyAsync(Succeed(job));
        foreach (var job in leased.Skip(12).Take(8)) await ApplyAsync(FailForGood(job));
        (await ListAllAsync(JobStatus.Running)).Count.ShouldBe(10);
        (await ListAllAsync(JobStatus.Succeeded)).Count.ShouldBe(12);
        (await ListAllAsync(JobStatus.Failed)).Count.ShouldBe(8);
        var queued = await ListAllAsync(JobStatus.Queued);
        queued.Count.ShouldBe(30);
        queued.Select(job => job.Sequence).ShouldBeInOrder(SortDirection.Descending);
        jobs.Count.ShouldBe(60);
    }

    [Fact]
    public async Task List_ArchivedDeadLetter_IsHiddenUnlessAsked()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        await ApplyAsync(FailForGood(job));
        await ApplyAsync(job, new JobEvent.Archived(Now));
        await ExpectAsync(new JobFilter { Status = JobStatus.Failed });
        await ExpectAsync(new JobFilter { Status = JobStatus.Failed, IncludeArchived = true }, job);
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Failed.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("l5-0000")]
    [InlineData("l-")]
    [InlineData("lffffffffffffffffffff-0000")]
    public async Task List_CursorNotGivenOut_IsInvalidRequest(string cursor)
    {
        await SubmitManyAsync(10);
        var error = await Should.ThrowAsync<JobSystemException>(() => Jobs.ListAsync(new JobFilter { Cursor = cursor }, Stop));
        error.Code.ShouldBe(ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Queues_Counts_FollowEveryState()
    {
        var oldest = await SubmitAsync(spec => spec with { Priority = 3 });
        Time.Advance(TimeSpan.FromSeconds(1));
        await SubmitAsync(spec => spec with { Priority = 8 });
        await SubmitAsync(spec => spec with { Priority = 8 });
        await SubmitAsync(spec => spec with { Hold = true });
        await SubmitAsync(spec => spec with { DueAt = Now.AddHours(1) });
        await SubmitAsync(spec => spec with { Queue = "a-first" });
        await LeaseOneAsync();
        var queues = await Jobs.QueuesAsync(Stop);
        queues.Select(queue => queue.Name).ShouldBe(["a-first", Queue]);
        var counts = queues[1];
        (counts.Waiting, counts.Scheduled, counts.Queued, counts.Running, counts.Failed).ShouldBe((1, 1, 2, 1, 0));
        counts.QueuedByPriority.ShouldBe([0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
        counts.OldestQueuedAt.ShouldBe(oldest.Spec.CreatedAt);
        counts.NextDueAt.ShouldBe(Now.AddHours(1));
    }

    [Fact]
    public async Task Queues_KnownAfterReopen_AndOthersNot()
    {
        Jobs.KnowsQueue(Queue).ShouldBeFalse();
        (await Jobs.QueueAsync(Queue, Stop)).ShouldBeNull();
        var job = await SubmitAsync();
        await ApplyAsync(job, new JobEvent.Reprioritised(Now, null, "moved"));
        Jobs.KnowsQueue(Queue).ShouldBeTrue();
        await ReopenAsync();
        Jobs.KnowsQueue(Queue).ShouldBeTrue();
        Jobs.KnowsQueue("moved").ShouldBeTrue();
        Jobs.KnowsQueue("noop").ShouldBeFalse();
        (await Jobs.QueueAsync("noop", Stop)).ShouldBeNull();
        (await Jobs.QueuesAsync(Stop)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Totals_AlwaysAddUp()
    {
        await SubmitManyAsync(20);
        foreach (var job in await LeaseAsync(8)) await ApplyAsync(Succeed(job));
        var totals = await Jobs.TotalsAsync(Stop);
        (totals.Accepted, totals.Live, totals.Finished, totals.Removed).ShouldBe((20, 12, 8, 0));
        totals.Bytes.ShouldBeGreaterThan(0);
        await ReopenAsync();
        (await Jobs.TotalsAsync(Stop) with { Bytes = 0 }).ShouldBe(totals with { Bytes = 0 });
        await StoreAudit.CheckAsync(Jobs, Events, Stop);
    }

    private async Task<List<Job>> ListAllAsync(JobStatus status)
    {
        var jobs = new List<Job>();
        string? cursor = null;
        do
        {
            var page = await Jobs.ListAsync(new JobFilter { Status = status, Limit = 7, Cursor = cursor }, Stop);
            jobs.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return jobs;
    }

    private async Task ExpectAsync(JobFilter filter, params Job[] jobs)
    {
        var page = await Jobs.ListAsync(filter, Stop);
        page.Items.Select(job => job.Id).ShouldBe(jobs.Select(job => job.Id));
    }
}
