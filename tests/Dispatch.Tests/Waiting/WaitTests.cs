using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Outages;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Waiting;

/// <summary>Waits, events, lists.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task Wait_ByMany_EndsForAll()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = silo.Stage.Gate("awaited");
        var job = await silo.SubmitAsync("awaited");
        await gate.Entered;
        var waits = Enumerable.Range(0, 100).Select(_ => job.ResultAsync<string>(Patience.Limit)).ToArray();
        gate.Open();

        foreach (var wait in waits) (await wait).ShouldBe("passed");
    }

    [Fact]
    public async Task Wait_ThatIsOver_AnswersTheLiveJob()
    {
        await using var silo = await TestSilo.StartAsync();
        var job = await silo.SubmitAsync("held", new SubmitOptions { Hold = true });

        (await silo.Transport.GetJobAsync(job.Id, TimeSpan.FromMilliseconds(50), CancellationToken.None)).Status.ShouldBe(JobStatus.Waiting);
        await Should.ThrowAsync<JobTimeoutException>(() => job.WaitAsync(TimeSpan.FromMilliseconds(50)));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => silo.Transport.GetJobAsync(job.Id, TimeSpan.FromMinutes(1), cancelled.Token));
        (await silo.Client.Transport.OpenResultAsync(job.Id, TimeSpan.Zero, CancellationToken.None)).Content.ShouldBeNull();
    }

    [Fact]
    public async Task Submit_WithAWait_AnswersTheEnd()
    {
        await using var silo = await TestSilo.StartAsync();

        (await silo.Client.RunAsync<ActArgs, string>(new ActArgs("quick"), Patience.Limit)).ShouldBe("quick");
    }

    [Fact]
    public async Task Submit_WithAWait_AsksOtherSilosOnlyWhereTheJobDoesNotRunHere()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        await silo.RunAsync("first");
        var before = silo.Faults().Watched;
        for (var i = 0; i < 20; i++) await silo.Client.RunAsync<ActArgs, string>(new ActArgs($"quick{i}"), Patience.Limit);
        (silo.Faults().Watched - before).ShouldBeLessThan(10); // none, but for pulls that were under way

        before = silo.Faults().Watched;
        var held = new JobSubmission { Type = "act", Args = RawJson.From(new ActArgs("held")), Hold = true };
        await silo.Transport.SubmitAsync(held, TimeSpan.FromMilliseconds(50), CancellationToken.None);
        (silo.Faults().Watched - before).ShouldBe(silo.Store.IsShared ? 1 : 0);
    }

    [Fact]
    public async Task Job_ThatIsNotThere_IsGone()
    {
        await using var silo = await TestSilo.StartAsync();
        var job = silo.Client.Job(JobId.Create(DateTimeOffset.UtcNow.AddMinutes(-1), 7));
        var future = silo.Client.Job(JobId.Create(DateTimeOffset.UtcNow.AddDays(1), 7));

        (await TestSilo.CodeAsync(() => job.ViewAsync())).ShouldBe(ErrorCodes.Gone);
        (await TestSilo.CodeAsync(() => job.WaitAsync(Patience.Limit))).ShouldBe(ErrorCodes.Gone);
        (await TestSilo.CodeAsync(() => job.CancelAsync())).ShouldBe(ErrorCodes.Gone);
        (await TestSilo.CodeAsync(() => future.ViewAsync())).ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Events_ByCursor_ComeOnceAndInOrder()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("flaky", (context, _) => context.Attempt == 1 ? throw new InvalidOperationException("once") : Task.FromResult<string?>(null));
        var job = await silo.SubmitAsync("flaky");
        await silo.RunAsync("other");
        await silo.EndAsync(job);
        var kinds = new List<JobEventKind>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "0:0";
        while (true)
        {
            var page = await silo.Transport.ReadEventsAsync(cursor, 2, job.Id, TimeSpan.Zero, CancellationToken.None);
            if (page.Events.Count == 0 && page.Next == cursor) break;
            page.Events.Count.ShouldBeLessThanOrEqualTo(2);
            foreach (var one in page.Events)
            {
                ids.Add(one.Id).ShouldBeTrue();
                one.Job.ShouldBe(job.Id);
                if (one.Kind != JobEventKind.BecameDue) kinds.Add(one.Kind);
            }

            cursor = page.Next;
        }

        kinds.ShouldBe([JobEventKind.Submitted, JobEventKind.Leased, JobEventKind.AttemptFailed, JobEventKind.Leased, JobEventKind.Succeeded]);
        (await TestSilo.CodeAsync(() => silo.Transport.ReadEventsAsync("nonsense", 2, null, TimeSpan.Zero, CancellationToken.None))).ShouldBe(ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Events_WaitedFor_ComeWithTheNextCommit()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.RunAsync("before");
        var head = await silo.Transport.ReadEventsAsync(null, 1, null, TimeSpan.Zero, CancellationToken.None);
        head.Events.ShouldBeEmpty();
        var waiting = silo.Transport.ReadEventsAsync(head.Next, 100, null, TimeSpan.FromSeconds(20), CancellationToken.None);
        var job = await silo.SubmitAsync("held", new SubmitOptions { Hold = true });

        var page = await waiting.WaitAsync(TimeSpan.FromSeconds(10));

        page.Events.ShouldContain(one => one.Job == job.Id && one.Kind == JobEventKind.Submitted && one.Status == JobStatus.Waiting);
    }

    [Fact]
    public async Task List_ByEachFilter_FindsWhatFits()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddJob<ActHandler>(name: "other.type") });
        var ids = new List<JobId>();
        for (var i = 0; i < 6; i++)
            ids.Add((await silo.SubmitAsync($"job{i}", new SubmitOptions { Queue = i % 2 == 0 ? "even" : "odd", Tags = [$"tag-{i}", "all"], Hold = i >= 4 })).Id);
        var other = (await silo.Client.SubmitAsync("other.type", new ActArgs("other"))).Id;
        foreach (var id in ids.Take(4).Append(other)) await silo.EndAsync(silo.Client.Job(id));

        (await ListAsync(silo, new JobFilter())).ShouldBe([other, .. ids.AsEnumerable().Reverse()]);
        (await ListAsync(silo, new JobFilter { Limit = 2 })).ShouldBe([other, .. ids.AsEnumerable().Reverse()]);
        (await ListAsync(silo, new JobFilter { Queue = "odd" })).ShouldBe([ids[5], ids[3], ids[1]]);
        (await ListAsync(silo, new JobFilter { Status = JobStatus.Waiting })).ShouldBe([ids[5], ids[4]]);
        (await ListAsync(silo, new JobFilter { Status = JobStatus.Succeeded, Queue = "even" })).ShouldBe([ids[2], ids[0]]);
        (await ListAsync(silo, new JobFilter { Type = "other.type" })).ShouldBe([other]);
        (await ListAsync(silo, new JobFilter { Tag = "tag-3" })).ShouldBe([ids[3]]);
        (await ListAsync(silo, new JobFilter { Prefix = "tag-" })).ShouldBe(ids.AsEnumerable().Reverse());
        (await ListAsync(silo, new JobFilter { Prefix = ids[2].ToString() })).ShouldBe([ids[2]]);
        (await ListAsync(silo, new JobFilter { Tag = "nobody" })).ShouldBeEmpty();
        var created = (await silo.Client.Job(ids[3]).ViewAsync()).CreatedAt;
        (await ListAsync(silo, new JobFilter { To = created })).ShouldAllBe(id => ids.IndexOf(id) < 3);
        (await ListAsync(silo, new JobFilter { From = created.AddDays(1) })).ShouldBeEmpty();
    }

    private static async Task<List<JobId>> ListAsync(TestSilo silo, JobFilter filter)
    {
        var found = new List<JobId>();
        await foreach (var job in silo.Client.JobsAsync(filter))
        {
            job.History.ShouldBeNull();
            found.Add(job.Id);
        }

        return found;
    }
}
