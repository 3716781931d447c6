using System.Globalization;
using Molino.Client;
using Molino.Conformance.Transports;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>One silo on a Redis, with a gateway, for all cases of a class.</summary>
public abstract class OneSilo : ITransportUnderTest, IAsyncLifetime
{
    private readonly int _port = TestMachine.StablePort();
    private RedisServer _redis = null!;

    public IMolinoTransport Transport { get; private set; } = null!;

    internal SiloProcess Silo { get; private set; } = null!;

    internal string Gateway => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        Silo = await Cluster.ThreeSilos.StartSiloAsync(_redis.Address, string.Create(CultureInfo.InvariantCulture, $"--Cluster:GatewayPort={_port}"));
        Transport = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        if (Transport is IAsyncDisposable gateway) await gateway.DisposeAsync();
        else (Transport as IDisposable)?.Dispose();
        await Silo.DisposeAsync();
        await _redis.DisposeAsync();
    }

    protected abstract IMolinoTransport Connect();
}
