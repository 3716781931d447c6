using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Runtime.Clients;
using Molino.Runtime.Transport;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>A host with a client of a test cluster.</summary>
public sealed class TestClient : IAsyncDisposable
{
    private readonly IHost _host;

    private TestClient(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>The name of the silo that the client is connected to, or null.</summary>
    public string? Gateway => _host.Services.GetRequiredService<GatewayConnection>().Link?.Other.Name;

    public static async Task<TestClient> StartAsync(TestCluster cluster, int silo = 0, string secret = "secret")
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var address = cluster.Table.Document.Members.Single(member => member.Name == cluster.Silos[silo].Silo.Name).Gateway;
        builder.UseOrleansClient(client => client
            .UseStaticClustering(IPEndPoint.Parse(address))
            .Configure<ClusterOptions>(options => options.ClusterId = "test")
            .Configure<TransportOptions>(options => options.Secret = secret));
        var host = builder.Build();
        await host.StartAsync();
        return new TestClient(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
