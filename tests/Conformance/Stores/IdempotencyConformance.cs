namespace Molino.Conformance.Stores;

/// <summary>Idempotency keys.</summary>
public abstract class IdempotencyConformance : StoreSuite
{
    private static readonly RetentionLimits Short = new() { Succeeded = TimeSpan.FromMinutes(1), MaxBytes = long.MaxValue };

    [Fact]
    public async Task Submit_SameKeySameContent_IsTheFirstJob()
    {
        var first = await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
        Time.Advance(TimeSpan.FromMinutes(1));
        var again = await ApplyAsync(JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })));
        again.Outcome.ShouldBe(ChangeOutcome.Duplicate);
        again.Job.ShouldNotBeNull().Id.ShouldBe(first.Id);
        (await Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_SameKeyWithDelayFromNow_IsTheSameContent()
    {
        await SubmitAsync(spec => spec with { IdempotencyKey = "k", DueAt = Now.AddMinutes(5) });
        Time.Advance(TimeSpan.FromSeconds(3));
        var again = await ApplyAsync(JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k", DueAt = Now.AddMinutes(5) })));
        again.Outcome.ShouldBe(ChangeOutcome.Duplicate);
    }

    [Fact]
    public async Task Submit_SameKeyOtherContent_IsAConflictWithTheFirstJob()
    {
        var first = await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
        foreach (var change in (Func<JobSpec, JobSpec>[])
            [
                spec => spec with { Args = "{\"other\":1}"u8.ToArray() },
                spec => spec with { Priority = 9 },
                spec => spec with { Queue = "other" },
                spec => spec with { Tags = ["t"] },
                spec => spec with { MaxAttempts = 9 },
            ])
        {
            var result = await ApplyAsync(JobChange.Submit(change(Spec(spec => spec with { IdempotencyKey = "k" }))));
            result.Outcome.ShouldBe(ChangeOutcome.IdempotencyConflict);
            result.Job.ShouldNotBeNull().Id.ShouldBe(first.Id);
        }
    }

    [Fact]
    public async Task Submit_SameKeyOtherType_IsAnotherJob()
    {
        await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
        await SubmitAsync(spec => spec with { IdempotencyKey = "k", Type = "other" });
    }

    [Fact]
    public async Task Submit_SameSubmitWithKeyTwice_IsReplayed()
    {
        var spec = Spec(spec => spec with { IdempotencyKey = "k" });
        await SubmitAsync(spec);
        (await ApplyAsync(JobChange.Submit(spec))).Outcome.ShouldBe(ChangeOutcome.Replayed);
    }

    [Fact]
    public async Task Submit_SameKeyWithinABatch_IsFoundToo()
    {
        var results = await Jobs.ApplyAsync(
            [
                JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })),
                JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })),
                JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k", Priority = 1 })),
            ],
            allOrNothing: false,
            Stop);
        results.Select(result => result.Outcome).ShouldBe([ChangeOutcome.Applied, ChangeOutcome.Duplicate, ChangeOutcome.IdempotencyConflict]);
        var atomic = await Jobs.ApplyAsync(
            [
                JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "m" })),
                JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "m" })),
            ],
            allOrNothing: true,
            Stop);
        atomic.Select(result => result.Outcome).ShouldBe([ChangeOutcome.Applied, ChangeOutcome.Duplicate]);
        (await Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task Submit_KeyOfRolledBackBatch_IsFree()
    {
        await Jobs.ApplyAsync(
            [JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })), new JobChange(Spec().Id, new JobEvent.Archived(Now))], true, Stop);
        await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
    }

    [Fact]
    public async Task Submit_KeyOfARemovedJob_LivesForADay()
    {
        var first = await FinishAsync(spec => spec with { IdempotencyKey = "k" });
        Time.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync();
        (await Jobs.FindAsync(first.Id, Stop)).ShouldBeNull();
        await ReopenAsync();
        var again = await ApplyAsync(JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })));
        again.Outcome.ShouldBe(ChangeOutcome.Duplicate);
        again.Job.ShouldNotBeNull().Id.ShouldBe(first.Id);
        again.Job.Status.ShouldBe(JobStatus.Succeeded);
        Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
    }

    [Fact]
    public async Task Submit_KeyOfAnOldJobThatIsRemoved_IsFreeAtOnce()
    {
        await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
        Time.Advance(TimeSpan.FromDays(2));
        await ApplyAsync(Succeed(await LeaseOneAsync()));
        (await ApplyAsync(JobChange.Submit(Spec(spec => spec with { IdempotencyKey = "k" })))).Outcome.ShouldBe(ChangeOutcome.Duplicate);
        Time.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync();
        await SubmitAsync(spec => spec with { IdempotencyKey = "k" });
    }

    private async Task SweepAsync()
    {
        while (await Upkeep.SweepAsync(Short, Stop))
        {
        }
    }
}
