using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class ReentrancyTests
{
    private const string Plain = "Molino.Runtime.Tests.Turns.GateGrain";
    private const string Reentrant = "Molino.Runtime.Tests.Turns.ReentrantGateGrain";

    [Theory]
    [InlineData(Plain, "plain", "plain", false)]
    [InlineData(Plain, "plain", "read", false)]
    [InlineData(Plain, "read", "plain", false)]
    [InlineData(Plain, "read", "read", true)]
    [InlineData(Plain, "plain", "interleave", true)]
    [InlineData(Plain, "read", "interleave", true)]
    [InlineData(Plain, "interleave", "plain", true)]
    [InlineData(Plain, "interleave", "read", true)]
    [InlineData(Plain, "interleave", "interleave", true)]
    [InlineData(Reentrant, "plain", "plain", true)]
    [InlineData(Reentrant, "plain", "read", true)]
    [InlineData(Reentrant, "read", "plain", true)]
    public async Task second_call_while_first_awaits_starts_only_where_declared(string grainClass, string first, string second, bool mayStart)
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IGateGrain>("gate", grainClass);

        var firstCall = Call(grain, first, "first");
        await silo.Probe.SeenAsync("at first");
        var secondCall = Call(grain, second, "second");
        await grain.MarkAsync();

        silo.Probe.Count("at second").ShouldBe(mayStart ? 1 : 0);
        silo.Probe.Open("first");
        await firstCall;
        await silo.Probe.SeenAsync("at second");
        silo.Probe.Open("second");
        await secondCall;
    }

    [Fact]
    public async Task call_back_within_allowed_chain_runs()
    {
        await using var silo = await TestSilo.StartAsync();

        var path = await silo.Grains.GetGrain<ICycleGrain>("a").CallAroundAsync(["b", "a"], allow: true);

        path.ShouldBe("a>b>a");
    }

    [Fact]
    public async Task call_back_without_declaration_deadlocks_until_the_timeout()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);

        var call = silo.Grains.GetGrain<ICycleGrain>("a").CallAroundAsync(["b", "a"], allow: false);
        await silo.Probe.SeenAsync("b calls a");
        time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(3));

        await Should.ThrowAsync<TimeoutException>(call);
    }

    [Fact]
    public async Task allowing_a_chain_opens_only_the_grain_that_allows_it()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);

        var call = silo.Grains.GetGrain<ICycleGrain>("a").CallAroundAsync(["b", "c", "b"], allow: true);
        await silo.Probe.SeenAsync("c calls b");
        time.Advance(TimeSpan.FromSeconds(32));

        await Should.ThrowAsync<TimeoutException>(call);
    }

    [Fact]
    public async Task chain_that_is_over_lets_nobody_in()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);

        var call = silo.Grains.GetGrain<ICycleGrain>("a").CallAfterSectionAsync("b");
        await silo.Probe.SeenAsync("b calls a");
        time.Advance(TimeSpan.FromSeconds(32));

        await Should.ThrowAsync<TimeoutException>(call);
    }

    private static Task Call(IGateGrain grain, string method, string gate) => method switch
    {
        "plain" => grain.PlainAsync(gate),
        "read" => grain.ReadAsync(gate),
        _ => grain.InterleaveAsync(gate),
    };
}
