using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Molino.Runtime.Observability;
using Molino.Runtime.Tests.Calls;
using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task factory_and_client_are_the_same_and_serve_the_host()
    {
        await using var silo = await TestSilo.StartAsync();
        var client = silo.Services.GetRequiredService<IClusterClient>();

        client.ShouldBeSameAs(silo.Grains);
        client.ServiceProvider.GetRequiredService<IGrainFactory>().ShouldBeSameAs(client);
    }

    [Fact]
    public async Task call_before_the_start_is_refused()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<Probe>();
        builder.UseOrleans();
        using var host = builder.Build();

        var error = await Should.ThrowAsync<SiloUnavailableException>(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>("a").EchoAsync("x"));

        error.Message.ShouldContain("Created");
    }

    [Fact]
    public async Task use_orleans_twice_configures_one_silo()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(s => s.Configure<SiloOptions>(o => o.SiloName = "first"));
        builder.UseOrleans(s => s.ConfigureServices(services => services.Configure<SiloOptions>(o => o.SiloName = "second")));
        using var host = builder.Build();
        await host.StartAsync();

        host.Services.GetServices<Silo>().ShouldHaveSingleItem().Name.ShouldBe("second");
        await host.StopAsync();
    }

    [Fact]
    public async Task wrong_options_fail_the_start_by_name()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(
            TestSilo.StartAsync(s => s.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromSeconds(1))));
        error.Message.ShouldContain(nameof(GrainCollectionOptions.CollectionQuantum));
        await Should.ThrowAsync<OptionsValidationException>(
            TestSilo.StartAsync(s => s.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.Zero)));
    }

    [Fact]
    public async Task meter_reports_calls_activations_failures_and_timeouts()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        using var measured = new MeasuredMeter(silo.Services.GetRequiredService<IMeterFactory>(), RuntimeMetrics.MeterName);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");
        for (var i = 0; i < 200; i++)
        {
            await grain.EchoAsync("x");
        }

        await Should.ThrowAsync<FormatException>(grain.ThrowSynchronouslyAsync("bad"));
        var slow = silo.Grains.GetGrain<IWaitGrain>("b").WaitAsync("never");
        await silo.Probe.SeenAsync("at never");
        var behind = silo.Grains.GetGrain<IWaitGrain>("b").NothingAsync();
        measured.Read()["molino.runtime.queue.length"].ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(32));
        await Should.ThrowAsync<TimeoutException>(slow);
        await Should.ThrowAsync<TimeoutException>(behind);

        var values = measured.Read();
        values["molino.runtime.calls"].ShouldBe(203);
        values["molino.runtime.call.failures"].ShouldBe(1);
        values["molino.runtime.call.timeouts"].ShouldBe(2);
        values["molino.runtime.calls.outstanding"].ShouldBe(0);
        values["molino.runtime.activations echo"].ShouldBe(1);
        values["molino.runtime.activations wait"].ShouldBe(1);
        measured.Samples("molino.runtime.turn.duration").ShouldBeGreaterThanOrEqualTo(3);
        silo.Probe.Open("never");
    }
}
