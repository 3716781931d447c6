using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>Events, queues, job types, pools, silos, the store and health.</summary>
/// <param name="subject">The transport.</param>
public abstract class ClusterTransportConformance(ITransportUnderTest subject) : TransportSuite(subject)
{
    [Fact]
    public async Task Events_are_read_from_a_cursor_and_waited_for()
    {
        var start = await Transport.ReadEventsAsync(null, 1, null, TimeSpan.Zero, Token);
        var waiting = Transport.ReadEventsAsync(start.Next, 100, null, TimeSpan.FromSeconds(20), Token);

        var job = await SubmitAsync(Held());

        var first = await waiting.WaitAsync(Patience, Token);
        first.Events[0].Job.ShouldBe(job.Id);
        first.Events[0].Kind.ShouldBe(JobEventKind.Submitted);
        (await Transport.ReadEventsAsync(first.Next, 100, job.Id, TimeSpan.Zero, Token)).Events.ShouldBeEmpty();
        (await Transport.ReadEventsAsync("0:0", 1000, job.Id, TimeSpan.Zero, Token)).Events.Count.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Event_stream_tells_a_job_from_a_cursor_to_its_end_once()
    {
        var start = (await Transport.ReadEventsAsync(null, 1, null, TimeSpan.Zero, Token)).Next;
        var job = await SubmitAsync(Held());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(Patience);
        var kinds = new List<JobEventKind>();

        await foreach (var page in Transport.StreamEventsAsync(start, job.Id, stop.Token))
        {
            kinds.AddRange(page.Events.Select(one => one.Kind));
            page.Events.ShouldAllBe(one => one.Job == job.Id);
            if (kinds.Count == 1) await Transport.ReleaseAsync(job.Id, Token);
            if (page.Events.Any(one => one.Status == JobStatus.Succeeded)) break;
        }

        kinds.ShouldBe([JobEventKind.Submitted, JobEventKind.HoldReleased, JobEventKind.Leased, JobEventKind.Succeeded]);
    }

    [Fact]
    public async Task Queue_is_counted_paused_and_resumed()
    {
        var queue = NewName("q");
        await SubmitAsync(Held(queue));

        (await Transport.SetQueuePausedAsync(queue, true, Token)).Paused.ShouldBeTrue();
        var job = await SubmitAsync(Job("noop") with { Queue = queue, Priority = 8 });
        var counts = await Transport.QueueAsync(queue, Token);
        (counts.Queued, counts.Waiting, counts.Paused).ShouldBe((1, 1, true));
        counts.ByPriority.ShouldBe(new Dictionary<string, long> { ["8"] = 1 });
        (await Transport.QueuesAsync(Token)).Single(one => one.Name == queue).Queued.ShouldBe(1);
        (await Transport.SetQueuePausedAsync(queue, false, Token)).Paused.ShouldBeFalse();
        (await Transport.GetJobAsync(job.Id, Patience, Token)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Types_pools_silos_and_health_are_shown()
    {
        var types = await Transport.TypesAsync(Token);
        types.Select(type => type.Name).ShouldBe(types.Select(type => type.Name).Order(StringComparer.Ordinal));
        var sleep = types.Single(type => type.Name == "sleep");
        sleep.Schema["properties"]!["seconds"].ShouldNotBeNull();
        sleep.TimeLimit.ShouldBeGreaterThan(TimeSpan.Zero);

        var silo = (await Transport.SilosAsync(Token)).ShouldHaveSingleItem();
        silo.Status.ShouldBe("active");
        silo.Store!.Status.ShouldBe("ok");
        var pool = (await Transport.PoolsAsync(Token)).Single(one => one.Name == "default");
        pool.Silo.ShouldBe(silo.Id);
        pool.Concurrency.ShouldBe(10);

        var health = await Transport.HealthAsync(Token);
        health.Status.ShouldBe("ready");
        health.Parts!["store"].Status.ShouldBe("ok");
        health.Parts["cluster"].Members.ShouldBe(1);
    }

    [Fact]
    public async Task Silo_obeys_orders()
    {
        var silo = (await Transport.SilosAsync(Token)).ShouldHaveSingleItem();

        await Transport.OrderSiloAsync(silo.Id, SiloOrder.Drain, Token);
        await UntilAsync(async () => (await Transport.HealthAsync(Token)).Status == "not_ready");
        await Transport.OrderSiloAsync(silo.Name!, SiloOrder.Resume, Token);
        await UntilAsync(async () => (await Transport.HealthAsync(Token)).Status == "ready");
    }

    [Fact]
    public async Task Store_that_is_the_one_known_needs_no_acceptance()
    {
        (await Transport.AcceptStoreAsync("molino", Token)).ShouldSatisfyAllConditions(store => store.Accepted.ShouldBeFalse(), store => store.Status.ShouldBe("ok"));
        await InvalidAsync(() => Transport.AcceptStoreAsync("another", Token), "invalid_request", "confirm");
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!await isTrue()) await Task.Delay(50, patience.Token);
    }
}
