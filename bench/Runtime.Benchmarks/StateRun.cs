using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Hosting;
using Orleans;

namespace Molino.Runtime.Benchmarks;

/// <summary>A silo whose grains keep their state in a Redis.</summary>
public sealed class StateRun : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _folder;

    private StateRun(IHost host, string folder)
    {
        _host = host;
        _folder = folder;
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts the silo.</summary>
    /// <param name="redis">Host and port of a Redis whose data may be written over.</param>
    public static async Task<StateRun> StartAsync(string redis)
    {
        var folder = Directory.CreateTempSubdirectory("molino-bench-").FullName;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:Kind"] = "Redis",
            ["Store:Redis"] = redis,
            ["Store:Prefix"] = "bench-" + Guid.NewGuid().ToString("N"),
            ["Store:Path"] = Path.Combine(folder, "molino.db"),
        });
        builder.AddMolino();
        var host = builder.Build();
        await host.StartAsync();
        return new StateRun(host, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
