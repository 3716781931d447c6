namespace Molino.Conformance.Stores;

/// <summary>What becomes of the work of a dead silo.</summary>
public abstract class RecoveryConformance : StoreSuite
{
    private const string Dead = "silo-0/1";

    [Fact]
    public async Task Recover_DeadSilo_GivesItsJobsBackInOrder()
    {
        var jobs = await SubmitManyAsync(2300);
        (await LeaseAsync(2200, silo: Dead)).Count.ShouldBe(2200);
        var mine = await LeaseAsync(50);
        (await Jobs.RecoverAsync(Dead, Stop)).ShouldBe(2200);
        (await Jobs.LeasesAsync(Dead, Stop)).ShouldBeEmpty();
        (await Jobs.LeasesAsync(Silo, Stop)).Count.ShouldBe(50);
        (await LeaseAsync(10)).Select(job => job.Id).ShouldBe(jobs.Take(10).Select(job => job.Id));
        (await FindAsync(mine[0].Id)).Status.ShouldBe(JobStatus.Running);
        (await Jobs.RecoverAsync(Dead, Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Recover_LostAttempt_DoesNotCountAndTheOldTokenIsRefused()
    {
        await SubmitAsync();
        var lost = await LeaseOneAsync(silo: Dead);
        await Jobs.RecoverAsync(Dead, Stop);
        var again = await LeaseOneAsync();
        again.Attempt.ShouldBe(1);
        again.Losses.ShouldBe(1);
        (await ApplyAsync(Succeed(lost))).Outcome.ShouldBe(ChangeOutcome.StaleToken);
        (await ApplyAsync(Succeed(again))).Outcome.ShouldBe(ChangeOutcome.Applied);
    }

    [Fact]
    public async Task Recover_CancelRequested_EndsInCancelled()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync(silo: Dead);
        await ApplyAsync(job, new JobEvent.CancelRequested(Now, "enough"));
        await Jobs.RecoverAsync(Dead, Stop);
        (await FindAsync(job.Id)).Status.ShouldBe(JobStatus.Cancelled);
    }

    [Fact]
    public async Task Lease_Suspects_OneAtATimePerSilo()
    {
        await SubmitManyAsync(3);
        await MakeSuspectsAsync(3);
        var innocent = await SubmitAsync();
        var first = await LeaseAsync(10);
        first.Count(job => job.IsSuspect).ShouldBe(1);
        first.ShouldContain(job => job.Id == innocent.Id);
        var none = await LeaseRawAsync(10);
        none.Jobs.ShouldBeEmpty();
        none.MoreReady.ShouldBeFalse();
        (await LeaseAsync(10, silo: "silo-2/1")).Count.ShouldBe(1);
        await ApplyAsync(Succeed(first.Single(job => job.IsSuspect)));
        (await LeaseAsync(10)).ShouldHaveSingleItem().IsSuspect.ShouldBeTrue();
    }

    [Fact]
    public async Task Recover_SuspectThatRanAlone_IsQuarantinedAndInnocentsAreNot()
    {
        var suspect = await SubmitAsync();
        await MakeSuspectsAsync(1);
        var innocent = await SubmitAsync();
        (await LeaseAsync(10, silo: Dead)).Count.ShouldBe(2);
        (await Jobs.RecoverAsync(Dead, Stop)).ShouldBe(2);
        var ended = await FindAsync(suspect.Id);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error.ShouldNotBeNull().Type.ShouldBe(JobError.CrashLoop);
        (await FindAsync(innocent.Id)).Status.ShouldBe(JobStatus.Queued);
    }

    [Fact]
    public async Task Quarantine_OfASuspectThatWasCancelledMeanwhile_EndsInCancelled()
    {
        var suspect = await SubmitAsync();
        await MakeSuspectsAsync(1);
        var job = await LeaseOneAsync(silo: Dead);
        await ApplyAsync(job, new JobEvent.CancelRequested(Now, "enough"));
        (await ApplyAsync(job, new JobEvent.Quarantined(Now, job.Token))).Outcome.ShouldBe(ChangeOutcome.Applied);
        (await FindAsync(suspect.Id)).Status.ShouldBe(JobStatus.Cancelled);
        (await Jobs.LeasesAsync(Dead, Stop)).ShouldBeEmpty();
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Failed.ShouldBe(0);
    }

    [Fact]
    public async Task Lease_SuspectOfHigherPriority_GoesFirst()
    {
        var suspect = await SubmitAsync(spec => spec with { Priority = 8 });
        await MakeSuspectsAsync(1);
        var other = await SubmitAsync();
        (await LeaseAsync(2)).Select(job => job.Id).ShouldBe([suspect.Id, other.Id]);
    }

    [Fact]
    public async Task Lease_DueSuspects_WaitForTheirTurn()
    {
        await SubmitManyAsync(2);
        await MakeSuspectsAsync(2);
        var held = await LeaseAsync(1);
        var other = await LeaseAsync(1, silo: "silo-2/1");
        var due = Now.AddSeconds(1);
        await ApplyAsync(held[0], new JobEvent.HandedBack(Now, held[0].Token, due));
        await ApplyAsync(other[0], new JobEvent.HandedBack(Now, other[0].Token, due));
        Time.Advance(TimeSpan.FromSeconds(1));
        (await LeaseAsync(5)).Count.ShouldBe(1);
        (await LeaseAsync(5)).ShouldBeEmpty();
        (await Jobs.QueueAsync(Queue, Stop)).ShouldNotBeNull().Queued.ShouldBe(1);
    }

    [Fact]
    public async Task Leases_AfterReopen_AreKnownByTheirSilo()
    {
        await SubmitManyAsync(3);
        var jobs = await LeaseAsync(3);
        await ReopenAsync("silo-1/2");
        (await Jobs.LeaseHoldersAsync(Stop)).ShouldBe([Silo]);
        (await Jobs.LeasesAsync(Silo, Stop)).Select(lease => lease.Token).ShouldBe(jobs.Select(job => job.Token), ignoreOrder: true);
        (await Jobs.RecoverAsync(Silo, Stop)).ShouldBe(3);
    }

    private async Task MakeSuspectsAsync(int count)
    {
        // A silo that was given up comes back as a new incarnation.
        for (var i = 0; i < JobTransitions.LossesBeforeSuspect; i++)
        {
            (await LeaseAsync(count, silo: "silo-9/" + i)).Count.ShouldBe(count);
            await Jobs.RecoverAsync("silo-9/" + i, Stop);
        }
    }
}
