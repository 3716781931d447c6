using System.Globalization;
using Molino.Client;
using Molino.EndToEnd.Tests.Cluster;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>Three silos with gateways and a secret, on one Redis; gone at the end of the test.</summary>
internal sealed class GatewayCluster : IAsyncDisposable
{
    public const string Secret = "flour and water";

    private readonly RedisServer _redis;

    private GatewayCluster(RedisServer redis, (SiloProcess Silo, string Gateway)[] silos) => (_redis, Silos) = (redis, silos);

    public (SiloProcess Silo, string Gateway)[] Silos { get; }

    public static async Task<GatewayCluster> StartAsync(int silos = 3)
    {
        var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        return new GatewayCluster(redis, await Task.WhenAll(Enumerable.Range(0, silos).Select(async _ =>
        {
            var port = TestMachine.StablePort().ToString(CultureInfo.InvariantCulture);
            return (await ThreeSilos.StartSiloAsync(redis.Address, $"--Cluster:GatewayPort={port}", $"--Cluster:Secret={Secret}"), $"127.0.0.1:{port}");
        })));
    }

    /// <summary>A client that knows all gateways.</summary>
    public Task<MolinoClient> ConnectAsync(Action<MolinoGatewayOptions>? configure = null)
    {
        var options = new MolinoGatewayOptions { Secret = Secret };
        foreach (var (_, gateway) in Silos) options.Gateways.Add(gateway);
        configure?.Invoke(options);
        return MolinoGateway.ConnectAsync(options);
    }

    /// <summary>The silo that is a client's gateway: the one that is asked shows itself without an age.</summary>
    public async Task<SiloProcess> GatewayOfAsync(MolinoClient client)
    {
        SiloProcess? found = null;
        await SiloProcess.UntilAsync(async () =>
        {
            var seen = await client.Transport.SilosAsync(CancellationToken.None);
            var asked = seen.Where(silo => silo.BeatAge == 0).ToList();
            found = asked.Count == 1 ? Silos.Select(pair => pair.Silo).FirstOrDefault(silo => asked[0].Id.Contains($"-{silo.ProcessId}@", StringComparison.Ordinal)) : null;
            return found is not null && seen.Count(silo => silo.Status == "active") == Silos.Length;
        });
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (silo, _) in Silos) await silo.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
