using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Runtime.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Molino.Runtime.Benchmarks;

/// <summary>Two silos in this process with TCP between them: callers in the first, grains in the second.</summary>
public sealed class RemoteRun : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];
    private readonly MemoryTable _table = new();

    /// <summary>Starts the silos.</summary>
    public static async Task<RemoteRun> StartAsync()
    {
        var run = new RemoteRun();
        for (var i = 0; i < 2; i++)
        {
            var name = $"bench-{i}";
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.UseOrleans(silo => silo
                .AddMemoryGrainStorage("memory")
                .UseMembershipTable(_ => run._table)
                .Configure<SiloOptions>(options => options.SiloName = name)
                .Configure<EndpointOptions>(options => options.SiloPort = 0));
            var host = builder.Build();
            await host.StartAsync();
            run._hosts.Add(host);
        }

        await run.SettleAsync();
        return run;
    }

    /// <summary>References in the first silo to grains in the second.</summary>
    public Task<IPingGrain[]> RemoteGrainsAsync(int count)
    {
        var far = _hosts[1].Services.GetRequiredService<Silo>().Cluster!;
        return Task.FromResult<IPingGrain[]>([.. Enumerable.Range(0, int.MaxValue).Select(i => _hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IPingGrain>($"ping-{i}"))
            .Where(grain => far.Owns(grain.GetGrainId())).Take(count)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task SettleAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (_hosts.Select(host => host.Services.GetRequiredService<Silo>().Cluster!).Any(cluster => cluster.View.Members.Length < 2 || cluster.Peers.Any(peer => peer.HandedOver < cluster.View.Version)))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
