namespace Molino.Conformance.Stores;

/// <summary>The event log: order, cursors, one job's events, reset.</summary>
public abstract class EventConformance : StoreSuite
{
    [Fact]
    public async Task Read_FromStart_TellsWhatHappened()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        await ApplyAsync(job, new JobEvent.Progressed(Now, job.Token, new JobProgress(0.25, "a quarter")));
        Time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(FailForGood(job, "broken"));
        var page = await Events.ReadAsync(EventCursor.Start, 100, null, Stop);
        page.Reset.ShouldBeFalse();
        page.Events.Select(item => item.Kind).ShouldBe(
            [JobEventKind.Submitted, JobEventKind.Leased, JobEventKind.Progressed, JobEventKind.AttemptFailed]);
        page.Events.Select(item => item.Version).ShouldBe([1, 2, 3, 4]);
        page.Events[2].Fraction.ShouldBe(0.25);
        var last = page.Events[3];
        last.ShouldBe(new JobEventRecord
        {
            Cursor = page.Next,
            At = Now,
            Kind = JobEventKind.AttemptFailed,
            Job = job.Id,
            Type = "noop",
            Queue = Queue,
            Status = JobStatus.Failed,
            Version = 4,
            Attempt = 1,
            Silo = Silo,
            Error = "broken",
        });
        Events.Head.ShouldBe(page.Next);
    }

    [Fact]
    public async Task Read_InPages_GivesEachEventOnce()
    {
        await SubmitManyAsync(700);
        foreach (var job in await LeaseAsync(300)) await ApplyAsync(Succeed(job));
        var sequences = new List<long>();
        var cursor = EventCursor.Start;
        while (await Events.ReadAsync(cursor, 77, null, Stop) is { Events.Count: > 0 } page)
        {
            sequences.AddRange(page.Events.Select(item => item.Cursor.Sequence));
            cursor = page.Next;
        }

        sequences.Count.ShouldBe(1300);
        sequences.ShouldBe(Enumerable.Range(1, 1300).Select(number => (long)number));
        (await Events.ReadAsync(Events.Head, 10, null, Stop)).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_OneJobWhileItChanges_GivesEachEventOnce()
    {
        const int Changes = 400;
        var job = await SubmitAsync();
        var changing = Task.Run(async () =>
        {
            for (var i = 0; i < Changes; i++) await ApplyAsync(job, new JobEvent.Reprioritised(Now, i % 10, null));
        });
        var versions = new List<int>();
        var cursor = EventCursor.Start;
        while (versions.Count == 0 || versions[^1] < Changes + 1)
        {
            var page = await Events.ReadAsync(cursor, 50, job.Id, Stop);
            versions.AddRange(page.Events.Select(item => item.Version));
            cursor = page.Next;
        }

        await changing;
        versions.ShouldBe(Enumerable.Range(1, Changes + 1));
    }

    [Fact]
    public async Task Read_AfterHead_GivesOnlyWhatComesLater()
    {
        await SubmitAsync();
        var head = Events.Head;
        var later = await SubmitAsync();
        var page = await Events.ReadAsync(head, 10, null, Stop);
        page.Events.ShouldHaveSingleItem().Job.ShouldBe(later.Id);
        page.Reset.ShouldBeFalse();
    }

    [Fact]
    public async Task Read_OneJob_GivesItsEventsAmongThousands()
    {
        var jobs = await SubmitManyAsync(500);
        await LeaseAsync(400);
        var mine = await FindAsync(jobs[123].Id);
        for (var i = 1; i <= 9; i++)
        {
            await ApplyAsync(mine, new JobEvent.Progressed(Now, mine.Token, new JobProgress(i / 10.0)));
            await SubmitManyAsync(150);
        }

        await ApplyAsync(Succeed(mine));
        var page = await Events.ReadAsync(EventCursor.Start, 100, mine.Id, Stop);
        page.Events.Count.ShouldBe(12);
        page.Events.ShouldAllBe(item => item.Job == mine.Id);
        page.Events.Select(item => item.Version).ShouldBe(Enumerable.Range(1, 12));
        var firstPart = await Events.ReadAsync(EventCursor.Start, 5, mine.Id, Stop);
        var rest = await Events.ReadAsync(firstPart.Next, 100, mine.Id, Stop);
        firstPart.Events.Concat(rest.Events).ShouldBe(page.Events);
        (await Events.ReadAsync(rest.Next, 100, mine.Id, Stop)).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_CursorOfAnotherGeneration_IsReset()
    {
        await SubmitManyAsync(3);
        var page = await Events.ReadAsync(new EventCursor(Events.Head.Generation + 7, 2), 10, null, Stop);
        page.Reset.ShouldBeTrue();
        page.Events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Read_CursorAhead_IsReset()
    {
        await SubmitManyAsync(3);
        var page = await Events.ReadAsync(Events.Head with { Sequence = 1000 }, 10, null, Stop);
        page.Reset.ShouldBeTrue();
        page.Events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Read_AfterRetentionRemovedWhatFollowed_IsReset()
    {
        await SubmitManyAsync(1000);
        Time.Advance(TimeSpan.FromDays(8));
        var kept = await SubmitAsync();
        var limits = new RetentionLimits();
        while (await Upkeep.SweepAsync(limits, Stop))
        {
        }

        var page = await Events.ReadAsync(new EventCursor(Events.Head.Generation, 5), 10, null, Stop);
        page.Reset.ShouldBeTrue();
        page.Events.ShouldHaveSingleItem().Job.ShouldBe(kept.Id);
        (await Events.ReadAsync(EventCursor.Start, 10, null, Stop)).Events.ShouldHaveSingleItem();
        Events.Head.Sequence.ShouldBe(1001);
    }

    [Fact]
    public async Task Head_AfterReopen_GoesOn()
    {
        await SubmitManyAsync(3);
        var head = Events.Head;
        await ReopenAsync();
        Events.Head.ShouldBe(head);
        await SubmitAsync();
        (await Events.ReadAsync(head, 10, null, Stop)).Events.ShouldHaveSingleItem().Cursor.Sequence.ShouldBe(4);
    }
}
