using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task call_with_arguments_returns_result()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");

        (await grain.EchoAsync("hello")).ShouldBe("hello");
        (await grain.AddAsync(2, 3)).ShouldBe(5);
        await grain.NothingAsync();
        (await grain.WhoAmIAsync()).ShouldBe("a");
    }

    [Fact]
    public async Task failing_method_passes_type_message_and_stack_to_the_caller()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);

        var error = await Should.ThrowAsync<FormatException>(silo.Grains.GetGrain<IEchoGrain>("a").ThrowAsync("bad"));

        error.Message.ShouldBe("bad");
        error.StackTrace!.ShouldContain(nameof(EchoGrain));
    }

    [Fact]
    public async Task method_that_throws_before_its_task_fails_the_call_not_the_activation()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");

        await Should.ThrowAsync<FormatException>(grain.ThrowSynchronouslyAsync("bad"));

        (await grain.EchoAsync("still here")).ShouldBe("still here");
    }

    [Fact]
    public async Task call_without_answer_times_out_naming_grain_method_and_silo()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(s => s.Configure<SiloOptions>(o => o.SiloName = "silo-7"), time);
        var call = silo.Grains.GetGrain<IWaitGrain>("slow").WaitAsync("never");
        await silo.Probe.SeenAsync("at never");

        time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(3));

        var error = await Should.ThrowAsync<TimeoutException>(call);
        error.Message.ShouldContain("wait/slow");
        error.Message.ShouldContain(nameof(IWaitGrain.WaitAsync));
        error.Message.ShouldContain("silo-7");
        silo.Probe.Open("never");
    }

    [Fact]
    public async Task response_timeout_of_a_method_replaces_the_default()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var call = silo.Grains.GetGrain<IWaitGrain>("slow").WaitBrieflyAsync("never");
        await silo.Probe.SeenAsync("at never");

        time.Advance(TimeSpan.FromSeconds(1.9));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.5));

        await Should.ThrowAsync<TimeoutException>(call);
        silo.Probe.Open("never");
    }

    [Fact]
    public async Task call_that_timed_out_while_waiting_never_starts()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Grains.GetGrain<IWaitGrain>("busy");
        _ = grain.WaitAsync("first");
        await silo.Probe.SeenAsync("at first");
        var waiting = grain.WaitAsync("second");

        time.Advance(TimeSpan.FromSeconds(32));
        await Should.ThrowAsync<TimeoutException>(waiting);
        silo.Probe.Open("first");
        await grain.NothingAsync();

        silo.Probe.Count("at second").ShouldBe(0);
    }

    [Fact]
    public async Task cancelled_token_ends_the_call_and_cancels_the_callee_within_its_turn()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        using var cancellation = new CancellationTokenSource();
        var call = silo.Grains.GetGrain<IWaitGrain>("a").WaitForTokenAsync(cancellation.Token);
        await silo.Probe.SeenAsync("waiting for token");

        await cancellation.CancelAsync();

        var error = await Should.ThrowAsync<OperationCanceledException>(call);
        error.CancellationToken.ShouldBe(cancellation.Token);
        await silo.Probe.SeenAsync("callee cancelled in turn");
    }

    [Fact]
    public async Task token_cancelled_before_the_call_starts_nothing()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);

        await Should.ThrowAsync<OperationCanceledException>(silo.Grains.GetGrain<IWaitGrain>("a").WaitForTokenAsync(new CancellationToken(canceled: true)));

        silo.Probe.Count("waiting for token").ShouldBe(0);
    }

    [Fact]
    public async Task call_cancelled_while_waiting_never_starts()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWaitGrain>("a");
        var first = grain.WaitAsync("first");
        await silo.Probe.SeenAsync("at first");
        using var cancellation = new CancellationTokenSource();
        var second = grain.WaitForTokenAsync(cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        silo.Probe.Open("first");
        await first;
        await grain.NothingAsync();

        silo.Probe.Count("waiting for token").ShouldBe(0);
    }

    [Fact]
    public async Task request_context_flows_along_the_calls_and_never_back()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");
        RequestContext.Set("tenant", "north");

        (await grain.ContextAsync("tenant")).ShouldBe("north");
        (await grain.ContextOfNextAsync("tenant", "b")).ShouldBe("north");
        await grain.SetContextAsync("tenant", "south");

        RequestContext.Get("tenant").ShouldBe("north");
        RequestContext.Remove("tenant").ShouldBeTrue();
        (await grain.ContextAsync("tenant")).ShouldBeNull();
    }

    [Fact]
    public async Task context_set_by_one_call_is_unseen_by_the_next()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");

        await Task.WhenAll(grain.SetContextAsync("leak", "yes"), grain.NothingAsync().AsTask());

        (await grain.ContextAsync("leak")).ShouldBeNull();
    }

    [Fact]
    public async Task full_queue_refuses_with_a_named_error()
    {
        await using var silo = await TestSilo.StartAsync(s => s.Configure<SiloMessagingOptions>(o => o.MaxEnqueuedRequestsHardLimit = 3));
        var grain = silo.Grains.GetGrain<IWaitGrain>("full");
        var running = grain.WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");
        var waiting = Enumerable.Range(0, 3).Select(_ => grain.NothingAsync()).ToList();

        var error = await Should.ThrowAsync<LimitExceededException>(grain.NothingAsync());

        error.Message.ShouldContain("wait/full");
        silo.Probe.Open("hold");
        await running;
        await Task.WhenAll(waiting);
        await grain.NothingAsync();
    }

    [Fact]
    public async Task one_way_call_returns_at_once_and_its_failure_is_logged()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWaitGrain>("a");

        var call = grain.FailOneWayAsync("hold");

        call.IsCompletedSuccessfully.ShouldBeTrue();
        await silo.Probe.SeenAsync("at hold");
        silo.Probe.Open("hold");
        await grain.NothingAsync();
        silo.Log.Entries.ShouldContain(e => e.EventId == 2021 && e.Error is FormatException);
    }

    [Fact]
    public async Task references_are_equal_by_grain_and_cast_between_interfaces()
    {
        await using var silo = await TestSilo.StartAsync();
        var one = silo.Grains.GetGrain<IEchoGrain>("a");

        one.ShouldBe(silo.Grains.GetGrain<IEchoGrain>(GrainId.Create("echo", "a")));
        one.ShouldNotBe(silo.Grains.GetGrain<IEchoGrain>("b"));
        one.GetPrimaryKeyString().ShouldBe("a");
        one.GetGrainId().ToString().ShouldBe("echo/a");
        (await one.AsReference<IEchoGrain>().WhoAmIAsync()).ShouldBe("a");
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IEchoGrain>(" "));
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IHomelessGrain>("a")).Message.ShouldContain(nameof(IHomelessGrain));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    public async Task integer_and_guid_keys_survive_the_way(long key)
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var guid = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

        (await silo.Grains.GetGrain<INumberGrain>(key).KeyAsync()).ShouldBe(key);
        (await silo.Grains.GetGrain<IGuidGrain>(guid).KeyAsync()).ShouldBe(guid);
    }
}
