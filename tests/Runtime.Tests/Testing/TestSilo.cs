using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Runtime.Hostility;
using Orleans;
using Orleans.Hosting;

namespace Molino.Runtime.Tests.Testing;

/// <summary>A host with one silo. Peaceful unless a test asks otherwise, since most tests count activations and deliveries.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host, TestLog log)
    {
        _host = host;
        Log = log;
    }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Probe Probe => _host.Services.GetRequiredService<Probe>();

    public TestLog Log { get; }

    internal Silo Silo => _host.Services.GetRequiredService<Silo>();

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null, TimeProvider? time = null, bool mayBeHostile = false)
    {
        var log = new TestLog();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddSingleton<Probe>();
        builder.UseOrleans(silo =>
        {
            silo.AddMemoryGrainStorage("store");
            if (!mayBeHostile)
            {
                silo.Services.PostConfigure<HostileOptions>(options => options.Enabled = false);
            }

            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, log);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
