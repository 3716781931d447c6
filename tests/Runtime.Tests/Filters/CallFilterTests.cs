using Molino.Runtime.Tests.Clustering;
using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Hosting;

namespace Molino.Runtime.Tests.Filters;

public sealed class CallFilterTests
{
    [Fact]
    public async Task filters_run_around_calls_in_the_order_in_which_they_were_added()
    {
        var seen = new List<string>();
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddOutgoingGrainCallFilter(context => AroundAsync(seen, "out", context))
            .AddIncomingGrainCallFilter(context => AroundAsync(seen, "first", context))
            .AddIncomingGrainCallFilter(context => AroundAsync(seen, "second", context)));

        (await silo.Grains.GetGrain<IMemberGrain>("a").SiloAsync()).ShouldBe(silo.Silo.Name);

        seen.ShouldBe(["out SiloAsync", "first SiloAsync", "second SiloAsync", "second done", "first done", "out done"]);
    }

    [Fact]
    public async Task filters_see_grain_interface_and_result_and_may_change_it()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            context.Grain.ShouldBeOfType<MemberGrain>();
            context.TargetContext.GrainId.ShouldBe(context.TargetId);
            context.InterfaceName.ShouldBe(typeof(IMemberGrain).FullName);
            context.Result = $"not {context.Result}";
        }));

        (await silo.Grains.GetGrain<IMemberGrain>("a").SiloAsync()).ShouldBe($"not {silo.Silo.Name}");
    }

    [Fact]
    public async Task filter_that_throws_or_does_not_go_on_answers_the_call()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(context => context.MethodName switch
        {
            nameof(IMemberGrain.SiloAsync) => throw new UnauthorizedAccessException("not you"),
            nameof(IMemberGrain.AddAsync) => Task.CompletedTask,
            _ => context.Invoke(),
        }));
        var grain = silo.Grains.GetGrain<IMemberGrain>("a");

        (await Should.ThrowAsync<UnauthorizedAccessException>(() => grain.SiloAsync())).Message.ShouldBe("not you");
        (await grain.AddAsync(1)).ShouldBe(0);
        (await grain.EchoAsync(null)).ShouldBeNull();
    }

    [Fact]
    public async Task filters_run_around_calls_between_silos()
    {
        var seen = new List<string>();
        await using var cluster = await TestCluster.StartAsync(2, builder => builder.AddIncomingGrainCallFilter(context =>
        {
            lock (seen)
            {
                seen.Add(context.MethodName);
            }

            return context.Invoke();
        }));

        await ClusterCallTests.Remote(cluster).SiloAsync();
        await ClusterCallTests.Remote(cluster).RingAsync("rung");

        await cluster.Probe.SeenAsync("rung");
        seen.ShouldBe(["SiloAsync", "RingAsync"]);
    }

    private static async Task AroundAsync(List<string> seen, string name, IGrainCallContext context)
    {
        seen.Add($"{name} {context.MethodName}");
        await context.Invoke();
        seen.Add($"{name} done");
    }
}
