using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;

namespace Molino.Runtime.Benchmarks;

/// <summary>Microsoft Orleans.</summary>
internal static class BenchmarkRuntime
{
    public const string Name = "Microsoft Orleans";

    /// <summary>Makes a silo the only one.</summary>
    public static ISiloBuilder UseAlone(this ISiloBuilder silo) => silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
