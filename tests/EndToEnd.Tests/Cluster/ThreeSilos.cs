using Molino.Client;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Cluster;

/// <summary>Three silos on one Redis, for all cases of a class; each case leaves three that work.</summary>
public sealed class ThreeSilos : IAsyncLifetime
{
    private RedisServer _redis = null!;

    internal SiloProcess[] Silos { get; private set; } = [];

    internal SiloProcess First => Silos[0];

    internal string RedisAddress => _redis.Address;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        Silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartSiloAsync(_redis.Address)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) await silo.DisposeAsync();
        await _redis.DisposeAsync();
    }

    internal static Task<SiloProcess> StartSiloAsync(string redis, params string[] settings) => SiloProcess.StartAsync(
        ["--Store:Kind=Redis", $"--Store:Redis={redis}", "--Cluster:SiloPort=0", "--Pools:default:Concurrency=10", "--Drain:Timeout=3", .. settings]);

    /// <summary>Waits until a silo shows so many others that work, and itself first.</summary>
    internal static async Task<IReadOnlyList<SiloView>> SeesAsync(SiloProcess asked, int active)
    {
        IReadOnlyList<SiloView> seen = [];
        await SiloProcess.UntilAsync(async () =>
        {
            seen = await asked.Client.Transport.SilosAsync(CancellationToken.None);
            return seen.Count(silo => silo.Status == "active") == active && seen.All(silo => silo.Status is "active" or "dead");
        });
        return seen;
    }

    /// <summary>How a silo is shown, by the one that is asked.</summary>
    internal static async Task<SiloView?> ShownAsync(SiloProcess asked, string id) =>
        (await asked.Client.Transport.SilosAsync(CancellationToken.None)).FirstOrDefault(silo => silo.Id == id);
}
