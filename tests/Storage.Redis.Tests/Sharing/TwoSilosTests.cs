using Molino.Conformance.Stores;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Sharing;

/// <summary>Two silos use one store at the same time.</summary>
public sealed class TwoSilosTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private TestStore _one = null!;
    private TestStore _two = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        _two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Lease_BothAtOnce_EachJobOnce()
    {
        for (var i = 0; i < 4; i++) await _one.SubmitManyAsync(500);
        var leased = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var store = i % 2 == 0 ? _one : _two;
            var mine = new List<Job>();
            while (await store.LeaseAsync(1 + i) is { Count: > 0 } jobs) mine.AddRange(jobs);
            return mine;
        })));
        var all = leased.SelectMany(jobs => jobs).ToList();
        all.Count.ShouldBe(2000);
        all.Select(job => job.Id).Distinct().Count().ShouldBe(2000);
        foreach (var jobs in leased) jobs.Select(job => job.Sequence).ShouldBeInOrder();
        await StoreAudit.CheckAsync(_two.Jobs, _two.Faces.Events, Stop);
    }

    [Fact]
    public async Task Find_OfWhatTheOtherChanged_MovesTheHeadBehindIt()
    {
        for (var i = 0; i < 20; i++)
        {
            var job = (await _one.SubmitAsync()).Job.ShouldNotBeNull();

            (await _two.Jobs.FindAsync(job.Id, Stop)).ShouldNotBeNull();

            (await _two.Faces.Events.ReadAsync(_two.Faces.Events.Head, 10, null, Stop)).Events.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Work_BothAtOnceInSmallBatches_LosesNothing()
    {
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var store = i % 2 == 0 ? _one : _two;
            for (var round = 0; round < 30; round++)
            {
                await store.SubmitManyAsync(1 + (round % 5));
                var jobs = await store.LeaseAsync(3);
                var results = await store.Jobs.ApplyAsync([.. jobs.Select(job => TestStore.Succeed(job))], allOrNothing: false, Stop);
                Interlocked.Add(ref done, results.Count(result => result.Outcome == ChangeOutcome.Applied));
            }
        })));
        var jobs = await StoreAudit.CheckAsync(_one.Jobs, _one.Faces.Events, Stop);
        jobs.Count.ShouldBe(8 * 90);
        jobs.Values.Count(job => job.Status == JobStatus.Succeeded).ShouldBe(done);
    }

    [Fact]
    public async Task Completion_AfterTheOtherAskedToCancel_SeesIt()
    {
        await _one.SubmitAsync();
        var job = (await _one.LeaseAsync(1))[0];
        (await _two.ApplyAsync(new JobChange(job.Id, new JobEvent.CancelRequested(TimeProvider.System.GetUtcNow(), "why")))).Outcome.ShouldBe(ChangeOutcome.Applied);
        var ended = await _one.ApplyAsync(TestStore.Succeed(job));
        ended.Outcome.ShouldBe(ChangeOutcome.Applied);
        ended.Job.ShouldNotBeNull().CancelRequestedAt.ShouldNotBeNull();
        ended.Job.Version.ShouldBe(4);
    }

    [Fact]
    public async Task Completions_OfOneLeaseOnBoth_OneIsAccepted()
    {
        for (var i = 0; i < 50; i++)
        {
            await _one.SubmitAsync();
            var job = (await _one.LeaseAsync(1))[0];
            var failed = new JobChange(job.Id, new JobEvent.AttemptFailed(TimeProvider.System.GetUtcNow(), job.Token, new JobError("T", "m"), Permanent: true, 0));
            var both = await Task.WhenAll(_one.ApplyAsync(TestStore.Succeed(job)), _two.ApplyAsync(failed));
            both.Count(result => result.Outcome == ChangeOutcome.Applied).ShouldBe(1);
            both.Count(result => result.Outcome == ChangeOutcome.StaleToken).ShouldBe(1);
        }
    }

    [Fact]
    public async Task SubmitKey_OnBothAtOnce_IsOneJob()
    {
        for (var i = 0; i < 50; i++)
        {
            var key = "key-" + i;
            var both = await Task.WhenAll(_one.SubmitAsync(key: key), _two.SubmitAsync(key: key));
            both.Select(result => result.Outcome).Order().ShouldBe([ChangeOutcome.Applied, ChangeOutcome.Duplicate]);
            both[0].Job.ShouldNotBeNull().Id.ShouldBe(both[1].Job.ShouldNotBeNull().Id);
        }

        (await _one.Jobs.TotalsAsync(Stop)).Accepted.ShouldBe(50);
    }

    [Fact]
    public async Task Events_OfBoth_HaveOneOrderAndOneCursor()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _one : _two).SubmitManyAsync(5)));
        var one = await _one.Faces.Events.ReadAsync(EventCursor.Start, 1000, null, Stop);
        var two = await _two.Faces.Events.ReadAsync(EventCursor.Start, 1000, null, Stop);
        one.Events.Count.ShouldBe(200);
        two.Events.ShouldBe(one.Events);
        await _one.SubmitAsync();
        (await _two.Faces.Events.ReadAsync(two.Next, 10, null, Stop)).Events.ShouldHaveSingleItem().Cursor.Sequence.ShouldBe(201);
        await TestStore.UntilAsync(() => _two.Faces.Events.Head.Sequence == 201);
    }

    [Fact]
    public async Task Queue_FirstUsedByOne_IsKnownToTheOther()
    {
        _two.Jobs.KnowsQueue("fresh").ShouldBeFalse();
        await _one.SubmitAsync("fresh");
        _one.Jobs.KnowsQueue("fresh").ShouldBeTrue();
        await TestStore.UntilAsync(() => _two.Jobs.KnowsQueue("fresh"));
        (await _two.Jobs.QueueAsync("fresh", Stop)).ShouldNotBeNull().Queued.ShouldBe(1);
    }

    [Fact]
    public async Task List_OfOne_ShowsWhatTheOtherDid()
    {
        await _one.SubmitAsync("names-one-never-saw");
        var job = (await _two.Jobs.ListAsync(new JobFilter(), Stop)).Items.ShouldHaveSingleItem();
        job.Queue.ShouldBe("names-one-never-saw");
        await _two.ApplyAsync(new JobChange(job.Id, new JobEvent.Reprioritised(TimeProvider.System.GetUtcNow(), 9, null)));
        (await _one.Jobs.FindAsync(job.Id, Stop)).ShouldNotBeNull().Priority.ShouldBe(9);
    }

    [Fact]
    public async Task Pause_OfAQueueThatOnlyTheOtherHasSeen_IsStored()
    {
        await _one.SubmitAsync("news");
        (await _two.Jobs.SetPausedAsync("news", paused: true, Stop)).ShouldBeTrue(); // this silo has not heard of it yet
        (await _one.Jobs.LeaseAsync(new LeaseRequest("news", 1, _one.Silo, "default", []), Stop)).Jobs.ShouldBeEmpty();
    }
}
