using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Outages;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Leases;

/// <summary>Leases in the store compared with the pools' memory.</summary>
public sealed class ReconcileTests
{
    private static readonly Action<ExecutionOptions> Often = times => times.Reconcile = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Lease_UnknownToThePool_IsHandedBackWithoutAnAttempt()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Execution = Often, Molino = molino => molino.AddPool("main", pool => pool.Queues = ["default"]) });
        var job = await silo.SubmitAsync("orphan", new SubmitOptions { Queue = "unserved" });
        (await silo.Store.LeaseAsync(new LeaseRequest("unserved", 1, silo.Name, "main", []), CancellationToken.None)).Jobs.Single().Id.ShouldBe(job.Id);

        var view = await silo.UntilAsync(job, JobStatus.Queued);

        view.Attempt.ShouldBe(0);
        view.History.ShouldNotBeNull().Single().Outcome.ShouldBe(AttemptOutcome.HandedBack);
        await job.UpdateAsync(new JobUpdate { Queue = "default" });
        (await silo.EndAsync(job)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Lease_TakenAwayAndGivenElsewhere_StopsTheHandlerAndItsEndIsNotAccepted()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Execution = Often, Concurrency = 1 });
        var gate = silo.Stage.Gate("loser", obeys: false);
        var job = await silo.SubmitAsync("loser");
        await gate.Entered;

        await silo.Store.RecoverAsync(silo.Name, CancellationToken.None);

        (await gate.Stopped).ShouldBe(StopReason.LeaseLost);
        gate.Open();
        var ended = await silo.EndAsync(job); // by a second attempt
        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.Epoch.ShouldBe(2);
        ended.Attempt.ShouldBe(1);
        ended.History![0].Outcome.ShouldBe(AttemptOutcome.Lost);
    }

    [Fact]
    public async Task Lease_TakenAwayAndLeasedAgainHere_StopsTheFirstRun()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions
        {
            Execution = Often,
            Molino = molino => molino.AddPool("one", pool => pool.Concurrency = 1).AddPool("two", pool => pool.Concurrency = 1),
        });
        var runs = new List<(TaskCompletionSource<StopReason> Stopped, TaskCompletionSource Open)>();
        silo.Stage.On("twice", async (context, stop) =>
        {
            var run = (Stopped: new TaskCompletionSource<StopReason>(), Open: new TaskCompletionSource());
            lock (runs) runs.Add(run);
            await using var registration = stop.Register(() => run.Stopped.TrySetResult(context.StopReason));
            await run.Open.Task;
            return "done";
        });
        var job = await silo.SubmitAsync("twice");
        await Patience.UntilAsync(() => silo.Stage.Now == 1, "the first run has begun");

        await silo.Store.RecoverAsync(silo.Name, CancellationToken.None);
        await Patience.UntilAsync(() => silo.Stage.StartsOf("twice") == 2, "the second run has begun in the other pool");

        (await runs[0].Stopped.Task.WaitAsync(Patience.Limit)).ShouldBe(StopReason.LeaseLost);
        runs[1].Open.SetResult();
        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        runs[1].Stopped.Task.IsCompleted.ShouldBeFalse();
        runs[0].Open.SetResult();
    }

    [Fact]
    public async Task Lease_TakenAwayWhileItsAnswerWasOnTheWay_DoesNotStartTheHandlerAndFreesTheSlot()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1, Services = services => services.AddFaults(), Execution = times => times.TrustLease = TimeSpan.Zero });
        var hold = silo.Faults().HoldLeases = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = await silo.SubmitAsync("late");
        await silo.Faults().Held.Task.WaitAsync(Patience.Limit);
        await job.LoseLeaseAsync(silo);

        silo.Faults().HoldLeases = null;
        hold.SetResult();

        (await silo.RunAsync("next")).Status.ShouldBe(JobStatus.Succeeded);
        silo.Stage.StartsOf("late").ShouldBe(0);
    }

    [Fact]
    public async Task End_WithAStaleLease_IsRefusedAndCounted()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Execution = times => times.Reconcile = TimeSpan.FromMinutes(5) });
        var gate = silo.Stage.Gate("stale", obeys: false);
        var job = await silo.SubmitAsync("stale");
        await gate.Entered;
        await job.LoseLeaseAsync(silo);

        gate.Open();

        await Patience.UntilAsync(async () => (await silo.Store.TotalsAsync(CancellationToken.None)).RefusedCompletions == 1, "the end was refused");
        (await job.ViewAsync()).Status.ShouldNotBe(JobStatus.Succeeded);
    }
}
