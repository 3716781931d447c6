using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Tests.Testing;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Activations;

public sealed class ActivationTests
{
    [Fact]
    public async Task calls_during_activation_wait_for_it()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("slow");
        var calls = Enumerable.Range(0, 5).Select(_ => grain.NumberAsync()).ToList();
        await silo.Probe.SeenAsync("at activating");

        calls.ShouldAllBe(call => !call.IsCompleted);
        silo.Probe.Open("activating");

        (await Task.WhenAll(calls)).ShouldAllBe(number => number == 1);
    }

    [Fact]
    public async Task failed_activation_fails_its_callers_with_the_error_and_the_next_call_tries_again()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("broken");

        (await Should.ThrowAsync<FormatException>(grain.NumberAsync())).Message.ShouldBe("cannot activate");

        (await grain.NumberAsync()).ShouldBe(2);
        silo.Probe.Count("dispose broken").ShouldBe(1);
    }

    [Fact]
    public async Task grain_that_cannot_be_made_fails_its_callers()
    {
        await using var silo = await TestSilo.StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(silo.Grains.GetGrain<INeedyGrain>("a").NothingAsync())).Message.ShouldContain(nameof(IServiceNobodyRegistered));
    }

    [Fact]
    public async Task deactivate_on_idle_ends_the_activation_and_the_next_call_makes_another()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        (await grain.NumberAsync()).ShouldBe(1);

        await grain.LeaveAsync();
        await silo.Probe.SeenAsync("dispose a");

        (await grain.NumberAsync()).ShouldBe(2);
        silo.Probe.Count("deactivate a ApplicationRequested").ShouldBe(1);
    }

    [Fact]
    public async Task calls_that_wait_for_a_leaving_activation_reach_the_next_one_after_it_is_gone()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("sticky");
        await grain.LeaveAsync();
        await silo.Probe.SeenAsync("at deactivating");

        var call = grain.NumberAsync();
        silo.Probe.Count("activate sticky").ShouldBe(1);
        silo.Probe.Open("deactivating");

        (await call).ShouldBe(2);
        silo.Probe.History.ToList().IndexOf("dispose sticky").ShouldBeLessThan(silo.Probe.History.ToList().LastIndexOf("activate sticky"));
    }

    [Fact]
    public async Task idle_activation_is_collected_and_a_used_one_stays()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        await silo.Grains.GetGrain<ILifeGrain>("idle").NumberAsync();
        await silo.Grains.GetGrain<ILifeGrain>("used").NumberAsync();

        time.Advance(TimeSpan.FromMinutes(10));
        await silo.Grains.GetGrain<ILifeGrain>("used").NumberAsync();
        time.Advance(TimeSpan.FromMinutes(6));
        await silo.Probe.SeenAsync("deactivate idle ActivationIdle");

        silo.Probe.Count("deactivate used ActivationIdle").ShouldBe(0);
        (await silo.Grains.GetGrain<ILifeGrain>("used").NumberAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task running_call_and_delay_spare_an_activation()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(s => s.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromHours(5)), time);
        var busy = silo.Grains.GetGrain<ILifeGrain>("busy").WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");
        await silo.Grains.GetGrain<ILifeGrain>("delayed").DelayAsync(TimeSpan.FromHours(1));
        await silo.Grains.GetGrain<ILifeGrain>("idle").NumberAsync();

        time.Advance(TimeSpan.FromMinutes(30));
        await silo.Probe.SeenAsync("dispose idle");

        (await silo.Grains.GetGrain<ILifeGrain>("delayed").NumberAsync()).ShouldBe(1);
        silo.Probe.Count("deactivate busy ActivationIdle").ShouldBe(0);
        silo.Probe.Open("hold");
        await busy;
    }

    [Fact]
    public async Task activation_is_idle_from_the_end_of_its_last_call()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(s => s.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromHours(5)), time);
        var grain = silo.Grains.GetGrain<ILifeGrain>("busy");
        var call = grain.WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");
        time.Advance(TimeSpan.FromMinutes(20));
        silo.Probe.Open("hold");
        await call;

        time.Advance(TimeSpan.FromMinutes(10));

        (await grain.NumberAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("short", true)]
    [InlineData("default", false)]
    [InlineData("never", false)]
    public async Task collection_age_follows_the_class(string kind, bool isCollected)
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        await silo.Grains.GetGrain<IAgeGrain>(kind, $"Molino.Runtime.Tests.Activations.{char.ToUpperInvariant(kind[0])}{kind[1..]}AgeGrain").NothingAsync();
        await silo.Grains.GetGrain<IAgeGrain>("witness", "Molino.Runtime.Tests.Activations.ShortAgeGrain").NothingAsync();

        time.Advance(TimeSpan.FromMinutes(5));
        await silo.Probe.SeenAsync("left witness");
        time.Advance(kind == "never" ? TimeSpan.FromDays(2) : TimeSpan.Zero);
        await silo.Silo.Catalog.AllActivations().Where(a => a.Key.ToString() == "witness").Select(a => a.Deactivated).FirstOrDefault(Task.CompletedTask);
        await silo.Grains.GetGrain<IAgeGrain>(kind, $"Molino.Runtime.Tests.Activations.{char.ToUpperInvariant(kind[0])}{kind[1..]}AgeGrain").NothingAsync();

        silo.Probe.Count($"left {kind}").ShouldBe(isCollected ? 1 : 0);
    }

    [Fact]
    public async Task stop_lets_running_calls_end_then_deactivates_everything()
    {
        await using var silo = await TestSilo.StartAsync();
        var running = silo.Grains.GetGrain<ILifeGrain>("running").WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");
        await silo.Grains.GetGrain<ILifeGrain>("idle").NumberAsync();

        var stop = silo.StopAsync();
        await silo.Probe.SeenAsync("dispose idle");
        stop.IsCompleted.ShouldBeFalse();
        silo.Probe.Open("hold");
        await running;
        await stop;

        silo.Probe.Count("deactivate running ShuttingDown").ShouldBe(1);
        silo.Probe.Count("dispose running").ShouldBe(1);
        await Should.ThrowAsync<SiloUnavailableException>(silo.Grains.GetGrain<ILifeGrain>("late").NumberAsync());
    }

    [Fact]
    public async Task stop_makes_no_new_activations()
    {
        await using var silo = await TestSilo.StartAsync();
        var running = silo.Grains.GetGrain<ILifeGrain>("running").WaitAsync("hold");
        await silo.Probe.SeenAsync("at hold");

        var stop = silo.StopAsync();
        var error = await Should.ThrowAsync<SiloUnavailableException>(silo.Grains.GetGrain<ILifeGrain>("new").NumberAsync());

        error.Message.ShouldContain("Stopping");
        silo.Probe.Open("hold");
        await running;
        await stop;
    }

    [Fact]
    public async Task call_that_never_ends_does_not_hold_the_stop_beyond_the_deactivation_timeout()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var stuck = silo.Grains.GetGrain<ILifeGrain>("stuck").WaitAsync("never");
        await silo.Probe.SeenAsync("at never");

        var stop = silo.StopAsync();
        while (!silo.Log.Entries.Any(e => e.EventId == 2014))
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await stop;
        var error = await Should.ThrowAsync<Exception>(stuck);
        (error is SiloUnavailableException or TimeoutException).ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task scoped_services_live_as_long_as_the_activation()
    {
        await using var silo = await TestSilo.StartAsync(s => s.Services.AddScoped<ScopedService>());
        var grain = silo.Grains.GetGrain<IScopedGrain>("a");

        (await grain.IsSameScopeAsync()).ShouldBeTrue();
        silo.Probe.Count("scope disposed").ShouldBe(0);
        await silo.StopAsync();

        silo.Probe.Count("scope disposed").ShouldBe(1);
    }

    [Fact]
    public async Task grain_without_the_base_class_gets_its_context_and_leaves_on_request()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IPlainGrain>("plain");

        (await grain.IdentityAsync()).ShouldBe("plain/plain");
        await grain.LeaveAsync();
        await silo.Probe.SeenAsync("plain left");
    }
}
