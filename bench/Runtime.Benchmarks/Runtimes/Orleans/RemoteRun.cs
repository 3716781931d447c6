using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Molino.Runtime.Benchmarks;

/// <summary>Two silos in this process with TCP between them: callers in the first, grains in the second.</summary>
public sealed class RemoteRun : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    /// <summary>Starts the silos.</summary>
    public static async Task<RemoteRun> StartAsync()
    {
        var run = new RemoteRun();
        var first = BenchmarkRuntime.FreePort();
        for (var i = 0; i < 2; i++)
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.UseOrleans(silo => silo
                .UseLocalhostClustering(run._hosts.Count == 0 ? first : BenchmarkRuntime.FreePort(), gatewayPort: 0, new IPEndPoint(IPAddress.Loopback, first))
                .AddMemoryGrainStorage("memory"));
            var host = builder.Build();
            await host.StartAsync();
            run._hosts.Add(host);
        }

        return run;
    }

    /// <summary>References in the first silo to grains in the second.</summary>
    public async Task<IPingGrain[]> RemoteGrainsAsync(int count)
    {
        var far = _hosts[1].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var grains = Enumerable.Range(0, count).Select(i => _hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IPingGrain>($"far-{i}")).ToArray();
        foreach (var grain in grains)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, far);
            await grain.PingAsync();
        }

        RequestContext.Clear();
        return grains;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
