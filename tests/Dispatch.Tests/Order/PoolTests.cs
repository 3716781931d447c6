using Molino.Client;
using Molino.Core;

namespace Molino.Dispatch.Tests.Order;

/// <summary>Which pool runs what, and how many at once.</summary>
public sealed class PoolTests
{
    [Fact]
    public async Task Pool_MoreJobsThanSlots_LeasesNoneBeyondItsSlots()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 3 });
        var gates = Enumerable.Range(0, 12).Select(i => silo.Stage.Gate($"job{i}")).ToArray();
        var jobs = new List<JobHandle>();
        for (var i = 0; i < gates.Length; i++) jobs.Add(await silo.SubmitAsync($"job{i}"));
        for (var i = 0; i < gates.Length; i++)
        {
            await gates[i].Entered;
            var running = Math.Min(3, gates.Length - i);
            await Patience.UntilAsync(() => silo.Stage.Now == running, $"{running} run");
            var queue = await silo.Client.QueueAsync("default");
            queue.Running.ShouldBeLessThanOrEqualTo(3);
            (queue.Queued + queue.Running).ShouldBe(gates.Length - i);
            gates[i].Open();
            await silo.EndAsync(jobs[i]);
        }

        silo.Stage.MostAtOnce.ShouldBe(3);
    }

    [Fact]
    public async Task Pool_BacklogInOneQueue_DoesNotStarveAnother()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 2, Settings = { ["Drain:Timeout"] = "1" } });
        silo.Stage.On("slow", async (_, stop) =>
        {
            await Task.Delay(10, stop);
            return null;
        });
        await silo.Client.SubmitManyAsync(Enumerable.Repeat(new ActArgs("slow"), 1000), new SubmitOptions { Queue = "a" });
        await Patience.UntilAsync(() => silo.Stage.Now == 2, "the backlog is being worked on");

        for (var i = 0; i < 3; i++) (await silo.RunAsync($"b{i}", new SubmitOptions { Queue = "b" })).Status.ShouldBe(JobStatus.Succeeded);

        (await silo.Client.QueueAsync("a")).Queued.ShouldBeGreaterThan(0);
        silo.Stage.MostAtOnce.ShouldBe(2);
    }

    [Fact]
    public async Task Pool_WithNamedQueues_LeavesOthersAlone()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddPool("reports", pool => pool.Queues = ["reports"]) });
        var other = await silo.SubmitAsync("other");

        for (var i = 0; i < 3; i++) (await silo.RunAsync($"report{i}", new SubmitOptions { Queue = "reports" })).Pool.ShouldBe("reports");

        (await other.ViewAsync()).Status.ShouldBe(JobStatus.Queued);
        silo.Stage.StartsOf("other").ShouldBe(0);
    }

    [Fact]
    public async Task Pools_OfDifferentQueues_HaveSlotsOfTheirOwn()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions
        {
            Molino = molino => molino
                .AddPool("left", pool => (pool.Queues, pool.Concurrency) = (["left"], 1))
                .AddPool("right", pool => (pool.Queues, pool.Concurrency) = (["right"], 1)),
        });
        var gate = silo.Stage.Gate("blocker");
        var blocker = await silo.SubmitAsync("blocker", new SubmitOptions { Queue = "left" });
        await gate.Entered;
        var waiting = await silo.SubmitAsync("waiting", new SubmitOptions { Queue = "left" });

        (await silo.RunAsync("free", new SubmitOptions { Queue = "right" })).Pool.ShouldBe("right");

        (await waiting.ViewAsync()).Status.ShouldBe(JobStatus.Queued);
        gate.Open();
        (await silo.EndAsync(blocker)).Pool.ShouldBe("left");
        (await silo.EndAsync(waiting)).Pool.ShouldBe("left");
        var pools = await silo.Transport.PoolsAsync(CancellationToken.None);
        pools.Select(pool => (pool.Name, pool.Concurrency, pool.Lost)).ShouldBe([("left", 1, 0), ("right", 1, 0)], ignoreOrder: true);
        await Patience.UntilAsync(async () => (await silo.Transport.PoolsAsync(CancellationToken.None)).Sum(pool => pool.Completed) == 3, "three have completed");
    }

    [Fact]
    public async Task Pools_BothServingAllQueues_RunEachJobOnce()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions
        {
            Molino = molino => molino.AddPool("one", pool => pool.Concurrency = 3).AddPool("two", pool => pool.Concurrency = 3),
        });
        var jobs = await silo.Client.SubmitManyAsync(Enumerable.Range(0, 300).Select(i => new ActArgs($"job{i}")));

        foreach (var job in jobs) (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);

        silo.Stage.Started.Count.ShouldBe(300);
        silo.Stage.Started.Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public async Task Queue_ChangedWhileQueued_RunsWhereItWasSent()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddPool("only", pool => pool.Queues = ["served"]) });
        var job = await silo.SubmitAsync("moved", new SubmitOptions { Queue = "unserved" });

        (await job.UpdateAsync(new JobUpdate { Queue = "served" })).Queue.ShouldBe("served");

        (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        (await silo.Client.QueueAsync("unserved")).Queued.ShouldBe(0);
    }
}
