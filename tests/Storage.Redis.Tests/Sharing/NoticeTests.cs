using System.Collections.Concurrent;
using Molino.Grains;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Sharing;

/// <summary>What one silo does to a job is told to the silo that it matters to.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private readonly Heard _heardByOne = new();
    private readonly Heard _heardByTwo = new();
    private RedisServer _server = null!;
    private TestStore _one = null!;
    private TestStore _two = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _one = await TestStore.OpenAsync(_server.Address, "silo-1/1");
        _two = await TestStore.OpenAsync(_server.Address, "silo-2/1");
        _one.Jobs.Observe(_heardByOne);
        _two.Jobs.Observe(_heardByTwo);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task End_OfWatchedJobs_IsToldToEachSiloThatWatches()
    {
        var jobs = await RunningOnTwoAsync(3);
        _one.Jobs.Watch(jobs[0].Id);
        _two.Jobs.Watch(jobs[0].Id);
        _one.Jobs.Watch(jobs[2].Id);
        await _one.Jobs.FindAsync(jobs[0].Id, CancellationToken.None); // after the notes, on the same connection
        await _two.Jobs.FindAsync(jobs[0].Id, CancellationToken.None);

        await _two.Jobs.ApplyAsync([.. jobs.Select(job => TestStore.Succeed(job))], allOrNothing: false, CancellationToken.None);

        await TestStore.UntilAsync(() => _heardByOne.Count == 2);
        _heardByOne.ShouldBe([new(jobs[0].Id, JobNoticeKind.Ended), new(jobs[2].Id, JobNoticeKind.Ended)]);
        _heardByTwo.ShouldBeEmpty(); // its own commit told it
        (await _server.CommandAsync("EXISTS", "test:waits")).ShouldContain("0");
    }

    [Fact]
    public async Task End_OfAJobNoLongerWatched_IsNotTold()
    {
        var jobs = await RunningOnTwoAsync(2);
        _one.Jobs.Watch(jobs[0].Id);
        _one.Jobs.Watch(jobs[1].Id);
        _one.Jobs.Unwatch(jobs[0].Id);
        await _one.Jobs.FindAsync(jobs[0].Id, CancellationToken.None);

        await _two.ApplyAsync(TestStore.Succeed(jobs[0]));
        await _two.ApplyAsync(TestStore.Succeed(jobs[1]));

        await TestStore.UntilAsync(() => _heardByOne.Contains(new(jobs[1].Id, JobNoticeKind.Ended)));
        _heardByOne.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_OfAJobThatRunsOnTheOther_IsToldThere()
    {
        var job = (await RunningOnTwoAsync(1))[0];

        await _one.ApplyAsync(new JobChange(job.Id, new JobEvent.CancelRequested(TimeProvider.System.GetUtcNow(), "why")));
        await _one.ApplyAsync(new JobChange(job.Id, new JobEvent.CancelRequested(TimeProvider.System.GetUtcNow(), "again")));
        _one.Jobs.Watch(job.Id);
        await _one.Jobs.FindAsync(job.Id, CancellationToken.None);
        await _two.ApplyAsync(TestStore.Succeed(job));

        await TestStore.UntilAsync(() => _heardByOne.Count == 1);
        await TestStore.UntilAsync(() => _heardByTwo.Count == 1);
        _heardByTwo.ShouldBe([new(job.Id, JobNoticeKind.StopRequested)]);
    }

    [Fact]
    public async Task Notices_AfterTheServerCameBack_AreToldAgain()
    {
        var jobs = await RunningOnTwoAsync(1);
        await _server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await TestStore.UntilAsync(async () => (await _server.CommandAsync("PUBLISH", "test:notices:silo-1/1", "?")).Contains('1', StringComparison.Ordinal));

        _one.Jobs.Watch(jobs[0].Id);
        await _one.Jobs.FindAsync(jobs[0].Id, CancellationToken.None);
        await _two.ApplyAsync(TestStore.Succeed(jobs[0]));

        await TestStore.UntilAsync(() => _heardByOne.Count == 1);
    }

    [Fact]
    public async Task WaitThatBegins_BetweenTheEndAndTheNewsOfIt_LeavesNoNote()
    {
        var job = (await RunningOnTwoAsync(1))[0];
        var watch = new JobWatch(_two.Jobs);
        await _two.ApplyAsync(TestStore.Succeed(job));

        var ended = watch.Add(job.Id);
        watch.OnCommitted([_heardByTwo.LastCommitted]);
        (await ended).ShouldNotBeNull().Status.ShouldBe(JobStatus.Succeeded);
        watch.Remove(job.Id);
        await _two.Jobs.FindAsync(job.Id, CancellationToken.None); // after the note, on the same connection

        (await _server.CommandAsync("EXISTS", "test:waits")).ShouldContain("0");
    }

    [Fact]
    public async Task Commit_OfTheOther_MovesTheLogHereEvenIfItsJobWasReadMeanwhile()
    {
        for (var i = 0; i < 3; i++)
        {
            var before = _heardByOne.LogMoves;
            var job = (await _two.SubmitAsync()).Job.ShouldNotBeNull();
            await _one.Jobs.FindAsync(job.Id, CancellationToken.None);

            await TestStore.UntilAsync(() => _heardByOne.LogMoves > before);
        }
    }

    private async Task<IReadOnlyList<Job>> RunningOnTwoAsync(int count)
    {
        await _one.SubmitManyAsync(count);
        return await _two.LeaseAsync(count);
    }

    private sealed class Heard : ConcurrentQueue<JobNotice>, ICommitObserver
    {
        private int _logMoves;

        public int LogMoves => Volatile.Read(ref _logMoves);

        public CommittedChange LastCommitted { get; private set; }

        public void OnCommitted(ReadOnlySpan<CommittedChange> changes) => LastCommitted = changes[^1];

        public void OnNoticed(JobNotice notice) => Enqueue(notice);

        public void OnLogMoved() => Interlocked.Increment(ref _logMoves);
    }
}
