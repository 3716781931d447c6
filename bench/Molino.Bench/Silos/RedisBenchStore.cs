using System.Globalization;
using System.Net.Sockets;
using Molino.TestServers;

namespace Molino.Bench;

/// <summary>A redis-server of its own beside the silos, with its append-only file synced every second: as the peers' harness has it.</summary>
internal sealed class RedisBenchStore(RedisServer server) : BenchStore
{
    /// <summary>Starts the server.</summary>
    public static async Task<RedisBenchStore> StartAsync()
    {
        var server = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction");
        OwnProcesses.Add(server.Id);
        return new RedisBenchStore(server);
    }

    /// <summary>CPU that the server has used, in seconds.</summary>
    public double CpuSeconds => ProcessFacts.CpuSeconds(server.Id);

    /// <summary>A bare connection to the server.</summary>
    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", server.Port);
        return socket;
    }

    public override IReadOnlyList<string> Settings(string folder, int siloPort) =>
        ["--Store:Kind=Redis", $"--Store:Redis={server.Address}", string.Create(CultureInfo.InvariantCulture, $"--Cluster:SiloPort={siloPort}")];

    public override async Task<long> BytesAsync(string folder)
    {
        var answer = await server.CommandAsync("EVAL", "return tonumber(string.match(redis.call('INFO','memory'),'used_memory:(%d+)'))", "0");
        return long.Parse(answer.AsSpan(1), CultureInfo.InvariantCulture);
    }

    public override async ValueTask DisposeAsync()
    {
        OwnProcesses.Remove(server.Id);
        await server.DisposeAsync();
    }
}
