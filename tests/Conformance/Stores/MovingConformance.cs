using Molino.Clustering;
using Molino.Storage.Moving;
using Molino.Storage.Moving.Archive;

namespace Molino.Conformance.Stores;

/// <summary>A store is read into an archive, and another is made of it: nothing is lost, doubled or changed, and half a store is never taken for one.</summary>
public abstract class MovingConformance : StoreSuite
{
    [Fact]
    public async Task Moved_JobsOfEveryState_AreTheSame()
    {
        var states = await FillAsync();
        states.Order().ShouldBe(Enum.GetValues<JobStatus>().Order());
        var before = await StoreAudit.CheckAsync(Jobs, Events, Stop);
        await using var target = await MoveAsync();
        var moved = await target.OpenAsync(Silo);
        var after = await StoreAudit.CheckAsync(moved.Jobs, moved.Events, Stop);
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        foreach (var id in before.Keys) JobText.Of(await moved.Jobs.FindAsync(id, Stop)).ShouldBe(JobText.Of(await Jobs.FindAsync(id, Stop)));
        var (was, now) = (await Jobs.TotalsAsync(Stop), await moved.Jobs.TotalsAsync(Stop));
        (now with { Bytes = 0 }).ShouldBe(was with { Bytes = 0 });
        foreach (var id in before.Keys)
        {
            var (old, kept) = (await Events.ReadAsync(EventCursor.Start, 1000, id, Stop), await moved.Events.ReadAsync(EventCursor.Start, 1000, id, Stop));
            kept.Events.Select(Text).ShouldBe(old.Events.Select(Text));
        }

        static string Text(JobEventRecord item) => (item with { Cursor = new EventCursor(0, item.Cursor.Sequence) }).ToString();
    }

    [Fact]
    public async Task Moved_QueuedJobs_AreLeasedInTheSameOrder_AndScheduledOnesAtTheirTime()
    {
        var jobs = await SubmitManyAsync(300, (spec, i) => spec with { Priority = i % 11 });
        var late = await LeaseAsync(20);
        await Jobs.RecoverAsync(Silo, Stop); // these come back later, to the places they had
        var due = await SubmitAsync(spec => spec with { DueAt = Now + TimeSpan.FromMinutes(5) });
        await using var target = await MoveAsync();
        var moved = await target.OpenAsync("silo-2/1");
        var order = await moved.Jobs.LeaseAsync(new LeaseRequest(Queue, 1000, "silo-2/1", Pool, []), Stop);
        late.Count.ShouldBe(20);
        order.Jobs.Select(job => job.Id).ShouldBe(jobs.OrderByDescending(job => job.Priority).ThenBy(job => job.Sequence).Select(job => job.Id));
        order.NextDueAt.ShouldBe(due.DueAt);
        target.Time.Advance(TimeSpan.FromMinutes(6));
        (await moved.Jobs.LeaseAsync(new LeaseRequest(Queue, 10, "silo-2/1", Pool, []), Stop)).Jobs.ShouldHaveSingleItem().Id.ShouldBe(due.Id);
    }

    [Fact]
    public async Task Moved_RunningJobs_AreOfADeadSilo_AndRecovered()
    {
        await SubmitAsync();
        var running = await LeaseOneAsync(silo: "silo-0/1");
        await using var target = await MoveAsync();
        var moved = await target.OpenAsync("silo-2/1");
        (await moved.Jobs.LeaseHoldersAsync(Stop)).ShouldBe(["silo-0/1"]);
        (await moved.Jobs.RecoverAsync("silo-0/1", Stop)).ShouldBe(1);
        var again = (await moved.Jobs.LeaseAsync(new LeaseRequest(Queue, 10, "silo-2/1", Pool, []), Stop)).Jobs.ShouldHaveSingleItem();
        again.Id.ShouldBe(running.Id);
        again.Losses.ShouldBe(1);
        (await moved.Jobs.ApplyAsync([Succeed(running)], false, Stop))[0].Outcome.ShouldBe(ChangeOutcome.StaleToken);
        (await moved.Jobs.ApplyAsync([Succeed(again)], false, Stop))[0].Outcome.ShouldBe(ChangeOutcome.Applied);
    }

    [Fact]
    public async Task Moved_IdempotencyKeys_AnswerTheFirstJob_AlsoWhenRetentionRemovedIt()
    {
        var live = Spec(spec => spec with { IdempotencyKey = "live" });
        await SubmitAsync(live);
        var gone = Spec(spec => spec with { IdempotencyKey = "gone" });
        await SubmitAsync(gone);
        (await LeaseAsync(2)).Count.ShouldBe(2);
        await ApplyAsync(Succeed(await FindAsync(gone.Id)));
        Time.Advance(TimeSpan.FromHours(1));
        while (await Upkeep.SweepAsync(new RetentionLimits { Succeeded = TimeSpan.FromMinutes(1) }, Stop))
        {
        }

        (await Jobs.FindAsync(gone.Id, Stop)).ShouldBeNull();
        await using var target = await MoveAsync();
        var moved = await target.OpenAsync("silo-2/1");
        foreach (var first in new[] { live, gone })
        {
            var again = first with { Id = Spec().Id };
            var answer = (await moved.Jobs.ApplyAsync([JobChange.Submit(again)], false, Stop))[0];
            (answer.Outcome, answer.Job?.Id).ShouldBe((ChangeOutcome.Duplicate, first.Id));
            var other = (await moved.Jobs.ApplyAsync([JobChange.Submit(again with { Args = "[]"u8.ToArray() })], false, Stop))[0];
            other.Outcome.ShouldBe(ChangeOutcome.IdempotencyConflict);
        }
    }

    [Fact]
    public async Task Moved_ContentStatesAndReminders_AreThere()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        for (var i = 0; i < 3; i++) await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(i, i * 10, 10, new byte[100_000 + i]), Stop);
        await Content.AppendLogAsync(job.Id, [.. Enumerable.Range(1, 2500).Select(number => new LogLine(number, Now, 1, $"line {number}"))], Stop);
        for (var i = 0; i < 40; i++) await Content.PutDataAsync(job.Id, job.Token, $"key {i}", new byte[] { (byte)i }, Stop);
        var big = new string('x', 20_000);
        await ApplyAsync(new JobChange(job.Id, new JobEvent.Succeeded(Now, job.Token, Result($"\"{big}\"") with { Chunks = 3 })));
        for (var i = 0; i < 120; i++) await State.WriteAsync("queue", $"q{i:000}", "policy", new byte[] { 1, (byte)i }, null, Stop);
        var row = new ReminderRow("schedule/nightly", "tick", 0xFFFFFFFF, Now, TimeSpan.FromMinutes(1), "");
        await Reminders.WriteAsync(row, Stop);
        await Reminders.WriteAsync(row with { Name = "other", Hash = 0 }, Stop);
        await Jobs.SetPausedAsync(Queue, paused: true, Stop);
        await using var target = await MoveAsync();
        var moved = await target.OpenAsync("silo-2/1");
        (await moved.Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Paused.ShouldBeTrue();
        var chunks = new List<ResultChunk>();
        await foreach (var chunk in moved.Content.ReadChunksAsync(job.Id, job.Token.Epoch, 0, Stop)) chunks.Add(chunk);
        chunks.Select(chunk => (chunk.Index, chunk.FirstItem, chunk.Data.Length)).ShouldBe([(0, 0L, 100_000), (1, 10L, 100_001), (2, 20L, 100_002)]);
        (await moved.Content.ReadLogAsync(job.Id, 0, 5000, Stop)).Select(line => line.Text).ShouldBe(Enumerable.Range(1, 2500).Select(number => $"line {number}"));
        for (var i = 0; i < 40; i++) (await moved.Content.GetDataAsync(job.Id, $"key {i}", Stop)).ShouldBe(new byte[] { (byte)i });
        System.Text.Encoding.UTF8.GetString((await moved.Jobs.FindAsync(job.Id, Stop))!.Result!.Inline.Span).ShouldBe($"\"{big}\"");
        for (var i = 0; i < 120; i++)
        {
            var state = (await moved.State.ReadAsync("queue", $"q{i:000}", "policy", Stop)).ShouldNotBeNull();
            state.Bytes.ToArray().ShouldBe([1, (byte)i]);
            (await moved.State.WriteAsync("queue", $"q{i:000}", "policy", state.Bytes, state.Etag, Stop)).ShouldNotBeNull();
        }

        var rows = await moved.Reminders.ReadGrainAsync("schedule/nightly", Stop);
        rows.Select(found => found with { Etag = "" }).OrderBy(found => found.Name).ShouldBe([row with { Name = "other", Hash = 0 }, row]);
        (await moved.Reminders.RemoveAsync("schedule/nightly", "tick", rows.Single(found => found.Name == "tick").Etag, Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Moved_CursorsOfBefore_AnswerReset_AndRetentionGoesByTheEnds()
    {
        var first = await SubmitAsync();
        var second = await SubmitAsync();
        var jobs = await LeaseAsync(2);
        await ApplyAsync(Succeed(jobs.Single(job => job.Id == second.Id)));
        Time.Advance(TimeSpan.FromHours(1));
        await ApplyAsync(Succeed(jobs.Single(job => job.Id == first.Id)));
        var cursor = (await Events.ReadAsync(EventCursor.Start, 1, null, Stop)).Next;
        await using var target = await MoveAsync();
        target.Time.Advance(Now - target.Time.Now);
        var moved = await target.OpenAsync("silo-2/1");
        (await moved.Events.ReadAsync(cursor, 10, null, Stop)).Reset.ShouldBeTrue();
        while (await moved.Upkeep.SweepAsync(new RetentionLimits { Succeeded = TimeSpan.FromMinutes(30) }, Stop))
        {
        }

        (await moved.Jobs.FindAsync(first.Id, Stop)).ShouldNotBeNull();
        (await moved.Jobs.FindAsync(second.Id, Stop)).ShouldBeNull();
        var next = (await moved.Jobs.ApplyAsync([JobChange.Submit(Spec())], false, Stop))[0].Job!;
        next.Sequence.ShouldBeGreaterThan(second.Sequence);
    }

    [Fact]
    public async Task Unfinished_IsRefusedByStoresAndImports_UntilItIsDiscarded()
    {
        await SubmitManyAsync(50);
        await using var target = CreateHarness();
        await using (var import = await target.CreateImportAsync())
        {
            await foreach (var item in Harness.Export.ReadAsync(Stop))
            {
                if (item is StoreItem.Head head) await import.BeginAsync(head, Stop);
                else if (item is StoreItem.StoredJob) await import.WriteAsync([item], Stop);
            }
        }

        (await Should.ThrowAsync<StoreException>(() => target.OpenAsync(Silo))).Code.ShouldBe(ErrorCodes.StoreIncomplete);
        await target.CloseAsync();
        (await Should.ThrowAsync<StoreException>(() => ImportAsync(target))).Message.ShouldContain("molino store discard");
        await using (var import = await target.CreateImportAsync()) (await import.DiscardAsync(Stop)).ShouldBeTrue();
        await using (var import = await target.CreateImportAsync()) (await import.DiscardAsync(Stop)).ShouldBeFalse();
        await ImportAsync(target);
        var moved = await target.OpenAsync(Silo);
        (await moved.Jobs.TotalsAsync(Stop)).Live.ShouldBe(50);
    }

    [Fact]
    public async Task Target_ThatHoldsAStore_IsRefusedAndNotTouched()
    {
        await SubmitAsync();
        await using var target = CreateHarness();
        var other = await target.OpenAsync(Silo);
        await target.CloseAsync();
        (await Should.ThrowAsync<StoreException>(() => ImportAsync(target))).Code.ShouldBe(ErrorCodes.StoreNotEmpty);
        await using (var import = await target.CreateImportAsync()) (await Should.ThrowAsync<StoreException>(() => import.DiscardAsync(Stop))).Code.ShouldBe(ErrorCodes.StoreNotEmpty);
        other = await target.OpenAsync(Silo);
        (await other.Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(0);
    }

    /// <summary>Moves the store through an archive.</summary>
    private async Task<StoreHarness> MoveAsync()
    {
        var target = CreateHarness();
        target.Time.Advance(Now - target.Time.Now);
        await ImportAsync(target);
        return target;
    }

    private async Task ImportAsync(StoreHarness target)
    {
        using var archive = new MemoryStream();
        await StoreArchiveWriter.WriteAllAsync(Harness.Export.ReadAsync(Stop), archive, Stop);
        archive.Position = 0;
        await Importing.RunAsync(StoreArchiveReader.ReadAsync(archive, Stop), target, Stop);
    }

    /// <summary>Brings jobs into every state, some of them by long ways.</summary>
    private async Task<HashSet<JobStatus>> FillAsync()
    {
        await FinishAsync(result: "{\"small\":1}");
        await FinishAsync(result: $"\"{new string('r', 5000)}\"");
        await FinishAsync(spec => spec with { Args = System.Text.Encoding.UTF8.GetBytes($"\"{new string('a', 5000)}\""), Tags = ["x", "y"], Queue = "other" });
        await SubmitAsync();
        await ApplyAsync(FailForGood(await LeaseOneAsync(), "broken"));
        await SubmitAsync();
        var archived = await LeaseOneAsync();
        await ApplyAsync(FailForGood(archived));
        await ApplyAsync(archived, new JobEvent.Archived(Now));
        await ApplyAsync(await SubmitAsync(), new JobEvent.CancelRequested(Now, "no more"));
        await SubmitAsync(spec => spec with { ExpiresAt = Now + TimeSpan.FromSeconds(1) });
        Time.Advance(TimeSpan.FromSeconds(2));
        await Upkeep.ExpireAsync(10, Stop);
        await SubmitAsync(spec => spec with { Hold = true });
        await SubmitAsync(spec => spec with { DueAt = Now + TimeSpan.FromHours(1), ExpiresAt = Now + TimeSpan.FromHours(2) });
        for (var losses = 0; losses < 3; losses++)
        {
            if (losses == 0) await SubmitAsync(spec => spec with { Queue = "risky" });
            await LeaseOneAsync("risky", $"silo-0/{losses}");
            if (losses < 2) await Jobs.RecoverAsync($"silo-0/{losses}", Stop);
        }

        await SubmitAsync();
        var running = await LeaseOneAsync();
        await ApplyAsync(running, new JobEvent.Progressed(Now, running.Token, new JobProgress(0.5, "half", default)));
        await SubmitManyAsync(5, (spec, i) => spec with { Priority = i, IdempotencyKey = $"key {i}" });
        var all = await StoreAudit.CheckAsync(Jobs, Events, Stop);
        return [.. all.Values.Select(job => job.Status)];
    }
}
