using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Timing;

/// <summary>Delay, ETA and expiry.</summary>
public sealed class DelayTests
{
    [Fact]
    public async Task Delay_BeforeItIsOver_IsScheduled_ThenRunsNotEarlier()
    {
        await using var silo = await TestSilo.StartAsync();
        var job = await silo.SubmitAsync("delayed", new SubmitOptions { Delay = TimeSpan.FromMilliseconds(700) });
        var due = (await job.ViewAsync()).DueAt.ShouldNotBeNull();
        (await silo.Client.QueueAsync("default")).Scheduled.ShouldBe(1);

        var ended = await silo.EndAsync(job);

        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.StartedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(due);
        (ended.StartedAt.Value - due).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task RunAt_InThePast_RunsAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();

        var ended = await silo.RunAsync("past", new SubmitOptions { RunAt = DateTimeOffset.UtcNow.AddDays(-1) });

        ended.Status.ShouldBe(JobStatus.Succeeded);
        ended.DueAt.ShouldBeNull();
    }

    [Fact]
    public async Task DueAt_BroughtForward_RunsThen()
    {
        await using var silo = await TestSilo.StartAsync();
        var job = await silo.SubmitAsync("far", new SubmitOptions { Delay = TimeSpan.FromHours(1) });
        (await job.UpdateAsync(new JobUpdate { DueAt = DateTimeOffset.UtcNow.AddMilliseconds(300) })).Status.ShouldBe(JobStatus.Scheduled);

        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task DueAt_OfAQueuedJobPutOff_IsScheduled()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddPool("elsewhere", pool => pool.Queues = ["elsewhere"]) });
        var job = await silo.SubmitAsync("put-off");

        var view = await job.UpdateAsync(new JobUpdate { DueAt = DateTimeOffset.UtcNow.AddHours(1) });

        view.Status.ShouldBe(JobStatus.Scheduled);
        var counts = await silo.Client.QueueAsync("default");
        (counts.Queued, counts.Scheduled).ShouldBe((0, 1));
    }

    [Fact]
    public async Task DueJob_OfAQueueThatNobodyServes_IsCountedAsQueued()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddPool("elsewhere", pool => pool.Queues = ["elsewhere"]) });
        var job = await silo.SubmitAsync("unserved", new SubmitOptions { Delay = TimeSpan.FromMilliseconds(50) });

        await silo.UntilAsync(job, JobStatus.Queued);

        (await silo.Client.QueueAsync("default")).Queued.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Expiry_NeverStarted_Expires(bool delayed)
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        var job = await silo.SubmitAsync("late", new SubmitOptions
        {
            ExpiresAt = DateTimeOffset.UtcNow.AddMilliseconds(300),
            Delay = delayed ? TimeSpan.FromHours(1) : null,
        });

        var ended = await silo.EndAsync(job);
        gate.Open();

        ended.Status.ShouldBe(JobStatus.Expired);
        ended.Error!.Type.ShouldBe(JobError.ExpiredType);
        silo.Stage.StartsOf("late").ShouldBe(0);
        await Should.ThrowAsync<JobExpiredException>(() => job.ResultAsync<string>(Patience.Limit));
    }

    [Fact]
    public async Task Expiry_PassesWhileRunningOrRetrying_DoesNotExpire()
    {
        await using var silo = await TestSilo.StartAsync();
        var expiry = DateTimeOffset.UtcNow.AddMilliseconds(400);
        silo.Stage.On("started", async (context, _) =>
        {
            await Patience.UntilAsync(() => DateTimeOffset.UtcNow > expiry.AddSeconds(1.2), "upkeep has passed the expiry");
            return context.Attempt == 1 ? throw new InvalidOperationException("once") : "done";
        });
        var job = await silo.SubmitAsync("started", new SubmitOptions { ExpiresAt = expiry });

        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Ring_ThatNeverComes_CostsAboutASecond()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.RunAsync("first");
        var now = DateTimeOffset.UtcNow;
        var specs = Enumerable.Range(0, 5).Select(i => new JobSpec
        {
            Id = JobId.Create(now, (ulong)i),
            Type = "act",
            Args = RawJson.From(new ActArgs($"unrung{i}")).Utf8,
            Queue = "default",
            CreatedAt = now,
            DueAt = i == 0 ? now.AddMilliseconds(200) : null,
        }).ToArray();

        await silo.Store.ApplyAsync([.. specs.Select(JobChange.Submit)], allOrNothing: true, CancellationToken.None); // past the door that rings

        foreach (var spec in specs)
        {
            var ended = await silo.EndAsync(silo.Client.Job(spec.Id));
            ended.Status.ShouldBe(JobStatus.Succeeded);
            (ended.StartedAt!.Value - now).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }
    }
}
