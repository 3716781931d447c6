using Molino.Client;

namespace Molino.Dispatch.Tests.Order;

/// <summary>Promise P5: highest priority first, FIFO within a priority.</summary>
public sealed class PriorityTests
{
    [Fact]
    public async Task Queue_JobsOfManyPriorities_StartHighestFirstThenInOrderOfAcceptance()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        var random = new Random(11);
        var expected = new List<(int Priority, string Name)>();
        var jobs = new List<JobHandle>();
        for (var i = 0; i < 40; i++)
        {
            var priority = random.Next(11);
            expected.Add((priority, $"job{i}"));
            jobs.Add(await silo.SubmitAsync($"job{i}", new SubmitOptions { Priority = priority }));
        }

        gate.Open();
        foreach (var job in jobs) await silo.EndAsync(job);

        silo.Stage.Started.Skip(1).ShouldBe(expected.OrderByDescending(job => job.Priority).Select(job => job.Name)); // OrderBy is stable
    }

    [Fact]
    public async Task Queue_ConcurrentSubmits_StartInTheOrderInWhichTheStoreTookThem()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++) await silo.SubmitAsync($"{producer}/{i}");
        })));
        var accepted = new List<string>();
        await foreach (var job in silo.Client.JobsAsync()) accepted.Insert(0, job.Args.To<ActArgs>()!.Name);

        gate.Open();
        await Patience.UntilAsync(() => silo.Stage.Started.Count == 81, "all have started");

        silo.Stage.Started.ShouldBe(accepted);
        for (var producer = 0; producer < 8; producer++)
            silo.Stage.Started.Where(name => name.StartsWith($"{producer}/", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 10).Select(i => $"{producer}/{i}"));
    }

    [Fact]
    public async Task Queue_RetriedJob_KeepsItsPlaceBeforeLaterOnes()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var fail = new TaskCompletionSource();
        silo.Stage.On("first", async (context, _) =>
        {
            if (context.Attempt > 1) return "done";
            await fail.Task;
            throw new InvalidOperationException("once");
        });
        var first = await silo.SubmitAsync("first", new SubmitOptions { Retry = new RetrySubmission { First = TimeSpan.FromMilliseconds(1), Jitter = false } });
        await Patience.UntilAsync(() => silo.Stage.StartsOf("first") == 1, "the first attempt has started");
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker", new SubmitOptions { Priority = 10 });
        var later = await silo.SubmitAsync("later");
        fail.SetResult();
        await gate.Entered;
        await Patience.UntilAsync(async () => (await first.ViewAsync()).DueAt < DateTimeOffset.UtcNow, "the retry is due");
        gate.Open();
        await silo.EndAsync(later);

        silo.Stage.Started.ShouldBe(["first", "blocker", "first", "later"]);
    }

    [Fact]
    public async Task Queue_WithAging_StartsAnOldJobBeforeANewOneOfHigherPriority()
    {
        var settings = new Dictionary<string, string?> { ["Queues:aged:Aging"] = "0.02" };
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1, Settings = settings });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        var old = await silo.SubmitAsync("old", new SubmitOptions { Queue = "aged", Priority = 0 });
        var accepted = (await old.ViewAsync()).CreatedAt;
        await Patience.UntilAsync(() => DateTimeOffset.UtcNow - accepted > TimeSpan.FromMilliseconds(400), "it has gained more than ten priorities");
        var fresh = await silo.SubmitAsync("fresh", new SubmitOptions { Queue = "aged", Priority = 10 });
        gate.Open();
        await silo.EndAsync(old);
        await silo.EndAsync(fresh);

        silo.Stage.Started.ShouldBe(["blocker", "old", "fresh"]);
    }

    [Fact]
    public async Task Queue_PriorityChangedWhileQueued_ChangesTheOrder()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var gate = silo.Stage.Gate("blocker");
        await silo.SubmitAsync("blocker");
        await gate.Entered;
        await silo.SubmitAsync("a");
        var b = await silo.SubmitAsync("b");
        var c = await silo.SubmitAsync("c");

        (await c.UpdateAsync(new JobUpdate { Priority = 9 })).Priority.ShouldBe(9);
        await b.UpdateAsync(new JobUpdate { Priority = 1 });
        gate.Open();
        await silo.EndAsync(b);

        silo.Stage.Started.ShouldBe(["blocker", "c", "a", "b"]);
    }
}
