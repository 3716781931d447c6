using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Outages;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Queues;

/// <summary>Pausing a queue.</summary>
public sealed class PauseTests
{
    private static readonly SubmitOptions Paused = new() { Queue = "paused" };

    [Fact]
    public async Task Pause_Queue_StartsNothingUntilResumed_AlsoAcrossARestart()
    {
        using var folder = new TestFolder();
        JobId id;
        await using (var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder }))
        {
            await before.RunAsync("first", Paused);
            (await before.Client.PauseQueueAsync("paused")).Paused.ShouldBeTrue();
            id = (await before.SubmitAsync("second", Paused)).Id;
            (await PullAsync(before)).Jobs.ShouldBeEmpty();
            await before.RunAsync("other");
        }

        await using var silo = await TestSilo.StartAsync(new SiloOptions { Folder = folder });
        (await PullAsync(silo)).Jobs.ShouldBeEmpty();
        await silo.RunAsync("other");
        var queue = await silo.Client.QueueAsync("paused");
        (queue.Paused, queue.Queued).ShouldBe((true, 1));
        silo.Stage.StartsOf("second").ShouldBe(0);

        (await silo.Client.ResumeQueueAsync("paused")).Paused.ShouldBeFalse();

        (await silo.EndAsync(silo.Client.Job(id))).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Pause_WhileAJobRuns_LetsItEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("running");
        var job = await silo.SubmitAsync("running", Paused);
        await gate.Entered;
        await silo.Client.PauseQueueAsync("paused");
        gate.Open();

        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Pause_AndResumeManyTimes_EndsAsLastAsked()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.RunAsync("first", Paused);
        for (var i = 0; i < 20; i++)
        {
            var pause = i % 2 == 0;
            await silo.Transport.SetQueuePausedAsync("paused", pause, CancellationToken.None);
            (await silo.Store.QueueAsync("paused", CancellationToken.None)).ShouldNotBeNull().Paused.ShouldBe(pause);
        }

        (await silo.RunAsync("second", Paused)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Pause_ByManyAtOnce_RefusesNobody()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.RunAsync("first", Paused);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => silo.Transport.SetQueuePausedAsync("paused", i % 2 == 0, CancellationToken.None)));
        await silo.Client.ResumeQueueAsync("paused");

        (await silo.RunAsync("second", Paused)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Pause_Queue_IsNotAskedForEachSubmit_AndRunsAtOnceWhenResumed()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        await silo.RunAsync("first", Paused);
        await silo.Client.PauseQueueAsync("paused");
        await silo.SubmitAsync("finds it paused", Paused);
        var before = silo.Faults().Pulls;
        var began = TimeProvider.System.GetTimestamp();
        var jobs = new List<JobHandle>();
        for (var i = 0; i < 200; i++) jobs.Add(await silo.SubmitAsync($"job{i}", Paused));

        var looks = TimeProvider.System.GetElapsedTime(began).TotalSeconds + 1; // one a second, whatever happens
        (silo.Faults().Pulls - before).ShouldBeLessThan((int)(4 * looks) + 10);
        await silo.Client.ResumeQueueAsync("paused");

        foreach (var job in jobs) (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Pause_UnknownQueue_IsRefused()
    {
        await using var silo = await TestSilo.StartAsync();

        (await TestSilo.CodeAsync(() => silo.Client.PauseQueueAsync("nowhere"))).ShouldBe(ErrorCodes.UnknownQueue);
        (await TestSilo.CodeAsync(() => silo.Client.QueueAsync("nowhere"))).ShouldBe(ErrorCodes.UnknownQueue);
        (await TestSilo.CodeAsync(() => silo.Transport.ListJobsAsync(new JobFilter { Queue = "nowhere" }, CancellationToken.None))).ShouldBe(ErrorCodes.UnknownQueue);
    }

    private static Task<LeaseResult> PullAsync(TestSilo silo) =>
        silo.Store.LeaseAsync(new LeaseRequest("paused", 5, silo.Name, "default", []), CancellationToken.None);
}
