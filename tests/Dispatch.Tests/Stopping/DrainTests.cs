using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Outages;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Stopping;

/// <summary>What a stop does to what runs, waits and is asked for.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Stop_WhileJobsRun_LetsThemFinishAndLeavesQueuedOnes()
    {
        using var folder = new TestFolder();
        await using var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder, Concurrency = 1, Settings = { ["Drain:Timeout"] = "60" } });
        var gate = before.Stage.Gate("running");
        var running = await before.SubmitAsync("running");
        await gate.Entered;
        var queued = await before.SubmitAsync("queued");
        var stop = before.StopAsync();
        await Patience.UntilAsync(async () => (await before.Transport.SilosAsync(CancellationToken.None)).Single().Status == "draining", "it drains");
        gate.Open();
        await stop.WaitAsync(Patience.Limit);
        before.Stage.StartsOf("queued").ShouldBe(0);

        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder });

        (await after.Client.Job(running.Id).ViewAsync()).Status.ShouldBe(JobStatus.Succeeded);
        var ended = await after.EndAsync(after.Client.Job(queued.Id));
        (ended.Status, ended.Attempt, ended.Epoch).ShouldBe((JobStatus.Succeeded, 1, 1));
        after.Stage.Started.ShouldBe(["queued"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_JobsOverTheDrainTime_AreHandedBackAndRunAgainUncounted(bool obeys)
    {
        using var folder = new TestFolder();
        await using var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder, Settings = { ["Drain:Timeout"] = "0.2" } });
        var gate = before.Stage.Gate("long", obeys);
        var job = await before.SubmitAsync("long", new SubmitOptions { MaxAttempts = 1 });
        await gate.Entered;

        await before.StopAsync().WaitAsync(Patience.Limit);
        (await gate.Stopped).ShouldBe(StopReason.Draining);
        gate.Open();

        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder });
        var ended = await after.EndAsync(after.Client.Job(job.Id));
        (ended.Status, ended.Attempt, ended.Epoch).ShouldBe((JobStatus.Succeeded, 1, 2));
        ended.History![0].Outcome.ShouldBe(AttemptOutcome.HandedBack);
        after.Stage.StartsOf("long").ShouldBe(1);
    }

    [Fact]
    public async Task Stop_WhileALeaseIsOnItsWay_LosesNoLease()
    {
        using var folder = new TestFolder();
        await using var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder, Services = services => services.AddFaults() });
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.Faults().HoldLeases = hold;
        var job = await before.SubmitAsync("on-its-way", new SubmitOptions { MaxAttempts = 1 });
        await before.Faults().Held.Task.WaitAsync(Patience.Limit);
        var stop = before.StopAsync();
        await Patience.UntilAsync(async () => (await before.Transport.SilosAsync(CancellationToken.None)).Single().Status == "draining", "it drains");
        hold.SetResult();
        await stop.WaitAsync(Patience.Limit);

        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder });
        var ended = await after.EndAsync(after.Client.Job(job.Id));
        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.History?.ShouldNotContain(attempt => attempt.Outcome == AttemptOutcome.Lost);
    }

    [Fact]
    public async Task Stop_WhileClientsWait_EndsTheirWaits()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = { ["Drain:Timeout"] = "60" } });
        var gate = silo.Stage.Gate("running");
        var job = await silo.SubmitAsync("running");
        await gate.Entered;
        var waits = Enumerable.Range(0, 5).Select(_ => silo.Transport.GetJobAsync(job.Id, TimeSpan.FromMinutes(10), CancellationToken.None)).ToArray();
        var held = new SubmitOptions { Hold = true }.ToSubmission("act", RawJson.From(new ActArgs("held")));
        var submit = silo.Transport.SubmitAsync(held, TimeSpan.FromMinutes(10), CancellationToken.None);
        var result = silo.Transport.OpenResultAsync(job.Id, TimeSpan.FromMinutes(10), CancellationToken.None);
        await Patience.UntilAsync(async () => (await silo.Transport.ListJobsAsync(new JobFilter { Status = JobStatus.Waiting }, CancellationToken.None)).Items.Count == 1, "it is stored");
        var head = await silo.Transport.ReadEventsAsync(null, 1, null, TimeSpan.Zero, CancellationToken.None);
        var events = silo.Transport.ReadEventsAsync(head.Next, 1, null, TimeSpan.FromSeconds(20), CancellationToken.None);

        var stop = silo.StopAsync();

        foreach (var wait in waits) (await wait.WaitAsync(TimeSpan.FromSeconds(10))).Status.ShouldBe(JobStatus.Running);
        (await submit.WaitAsync(TimeSpan.FromSeconds(10))).Job.Status.ShouldBe(JobStatus.Waiting);
        (await result.WaitAsync(TimeSpan.FromSeconds(10))).Content.ShouldBeNull();
        (await events.WaitAsync(TimeSpan.FromSeconds(10))).Events.ShouldBeEmpty();
        gate.Open();
        await stop.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Stop_CancelRequestedMeanwhile_IsCancelled()
    {
        using var folder = new TestFolder();
        await using var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder, Settings = { ["Drain:Timeout"] = "60" } });
        var gate = before.Stage.Gate("running");
        var job = await before.SubmitAsync("running");
        await gate.Entered;
        var stop = before.StopAsync();
        await job.CancelAsync();
        await stop.WaitAsync(Patience.Limit);

        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder });

        (await after.Client.Job(job.Id).ViewAsync()).Status.ShouldBe(JobStatus.Cancelled);
    }
}
