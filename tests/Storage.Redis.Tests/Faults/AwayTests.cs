using System.Diagnostics;
using Molino.Conformance.Stores;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Faults;

/// <summary>The server goes away and comes back.</summary>
public sealed class AwayTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "always");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ServerKilled_CallsFailInTimeAndHealWithoutRestart()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        await store.SubmitManyAsync(100);
        await _server.KillAsync();
        var start = Stopwatch.GetTimestamp();
        var codes = await Task.WhenAll(
            TestStore.CodeOfAsync(() => store.Jobs.FindAsync(TestStore.Spec().Id, Stop)),
            TestStore.CodeOfAsync(() => store.SubmitAsync()),
            TestStore.CodeOfAsync(() => store.LeaseAsync(1)),
            TestStore.CodeOfAsync(() => store.Faces.State.WriteAsync("t", "i", "n", default, null, Stop)));
        codes.ShouldAllBe(code => code == ErrorCodes.StoreUnavailable || code == ErrorCodes.OutcomeUnknown);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        store.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreUnavailable);

        await _server.StartAgainAsync();
        start = Stopwatch.GetTimestamp();
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await store.LeaseAsync(200)).Count.ShouldBe(100);
        await store.SubmitManyAsync(10);
    }

    [Fact]
    public async Task ServerStartedAnew_RaisesTheGenerationAndResetsCursors()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        await store.SubmitManyAsync(5);
        var (key, head) = (store.Jobs.Identity.Key, store.Faces.Events.Head);
        await _server.KillAsync();
        await _server.StartAgainAsync();
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready && store.Jobs.Identity.Generation > head.Generation);
        store.Jobs.Identity.Key.ShouldBe(key);
        await store.SubmitAsync();
        var page = await store.Faces.Events.ReadAsync(head, 100, null, Stop);
        page.Reset.ShouldBeTrue();
        page.Events.Count.ShouldBe(6);
        (await store.Faces.Events.ReadAsync(page.Next, 100, null, Stop)).Reset.ShouldBeFalse();
    }

    [Fact]
    public async Task ServerKilledUnderLoad_KeepsAllThatWasAnswered()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        var answered = new List<JobId>();
        var submitting = Task.Run(async () =>
        {
            for (var failures = 0; failures < 3;)
            {
                var spec = TestStore.Spec();
                try
                {
                    if ((await store.ApplyAsync(JobChange.Submit(spec))).IsStored) answered.Add(spec.Id);
                }
                catch (StoreException)
                {
                    failures++;
                }
            }
        });
        await TestStore.UntilAsync(() => store.Faces.Events.Head.Sequence > 200);
        await _server.KillAsync();
        await submitting;
        await _server.StartAgainAsync();
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready);
        var jobs = await StoreAudit.CheckAsync(store.Jobs, store.Faces.Events, Stop);
        answered.ShouldAllBe(id => jobs.ContainsKey(id));
        answered.Count.ShouldBeGreaterThan(190);
    }

    [Fact]
    public async Task ServerStandsStill_ReadTimesOutAndAWriteIsAnsweredTruthfully()
    {
        await using var store = await TestStore.OpenAsync(_server.Address, configure: options => options.Timeout = TimeSpan.FromMilliseconds(400));
        await store.SubmitAsync();
        var job = (await store.LeaseAsync(1))[0];
        await _server.CommandAsync("CLIENT", "PAUSE", "600", "ALL");
        var read = TestStore.CodeOfAsync(() => store.Jobs.FindAsync(job.Id, Stop));
        var spec = TestStore.Spec();
        var writes = await Task.WhenAll(store.ApplyAsync(TestStore.Succeed(job, "1")), store.ApplyAsync(JobChange.Submit(spec)));
        (await read).ShouldBe(ErrorCodes.StoreUnavailable);
        writes.ShouldAllBe(write => write.IsStored);
        (await store.Jobs.FindAsync(job.Id, Stop)).ShouldNotBeNull().Status.ShouldBe(JobStatus.Succeeded);
        (await store.Jobs.FindAsync(spec.Id, Stop)).ShouldNotBeNull();
        (await StoreAudit.CheckAsync(store.Jobs, store.Faces.Events, Stop)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ConnectionsCut_WhileManyWork_NothingIsLostOrDoneTwice()
    {
        await using var store = await TestStore.OpenAsync(_server.Address);
        using var end = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                var before = store.Faces.Events.Head.Sequence;
                await _server.CommandAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await TestStore.UntilAsync(() => store.Faces.Events.Head.Sequence > before + 20);
            }

            await end.CancelAsync();
        });
        var accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                if ((await store.SubmitAsync()).IsStored) Interlocked.Increment(ref accepted);
            }
        })));
        await cutting;
        (await StoreAudit.CheckAsync(store.Jobs, store.Faces.Events, Stop)).Count.ShouldBe(accepted);
    }
}
