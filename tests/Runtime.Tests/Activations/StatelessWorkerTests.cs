using Molino.Runtime.Activations;
using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Activations;

public sealed class StatelessWorkerTests
{
    [Fact]
    public async Task calls_run_side_by_side_up_to_the_limit_and_further_ones_wait()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWorkerGrain>("w");

        var calls = Enumerable.Range(0, 4).Select(_ => grain.WorkAsync("work")).ToList();
        await silo.Probe.SeenAsync("working", 3);

        silo.Silo.Catalog.AllActivations().Count.ShouldBe(3);
        silo.Probe.Count("working").ShouldBe(3);
        silo.Probe.Open("work");
        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(3);
        silo.Probe.Count("worker").ShouldBe(3);
    }

    [Fact]
    public async Task call_goes_to_an_idle_worker_before_a_new_one_is_made()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWorkerGrain>("w");
        silo.Probe.Open("work");

        for (var i = 0; i < 50; i++)
        {
            (await grain.WorkAsync("work")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task idle_workers_are_collected_and_made_again()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<IWorkerGrain>("w");
        silo.Probe.Open("work");
        await grain.WorkAsync("work");

        time.Advance(TimeSpan.FromMinutes(17));
        await silo.Probe.SeenAsync("worker left");

        (await grain.WorkAsync("work")).ShouldBe(2);
    }

    [Fact]
    public async Task pool_goes_with_its_last_worker_and_the_next_call_finds_another()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWorkerGrain>("w");
        var reference = (GrainReference)grain;
        var directory = (GrainRoute)reference.Origin.GrainClass;
        var calls = Enumerable.Range(0, 2).Select(_ => grain.WorkAsync("work")).ToList();
        silo.Probe.Open("work");
        await Task.WhenAll(calls);
        var pool = directory.Find(reference)!;
        var workers = silo.Silo.Catalog.AllActivations();

        await DeactivateAsync(workers[0]);
        directory.Find(reference).ShouldBeSameAs(pool);
        await DeactivateAsync(workers[1]);

        pool.IsGone.ShouldBeTrue();
        reference.CachedTarget.ShouldBeSameAs(pool);
        var next = directory.Find(reference);
        next.ShouldNotBeSameAs(pool);
        (await grain.WorkAsync("work")).ShouldBe(3);
        reference.CachedTarget.ShouldBeSameAs(next);
    }

    private static Task DeactivateAsync(Activation worker)
    {
        worker.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "The test asks for it."));
        return worker.Deactivated;
    }
}
