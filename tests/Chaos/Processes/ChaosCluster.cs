using System.Net;
using Molino.TestServers;

namespace Molino.Chaos;

/// <summary>Three silos and their Redis.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const int MostStarts = 20;

    private readonly HistoryLog _history;

    private ChaosCluster(RedisServer redis, string folder, HistoryLog history, bool fakesClocks)
    {
        Redis = redis;
        Folder = folder;
        _history = history;
        Nodes = [.. Enumerable.Range(1, FaultPlan.Silos).Select(number => new SiloNode(number, folder, redis.Port, fakesClocks, OriginOf))];
    }

    public RedisServer Redis { get; }

    public string Folder { get; }

    public IReadOnlyList<SiloNode> Nodes { get; }

    /// <summary>Starts Redis and all silos, and waits until they are ready.</summary>
    /// <param name="folder">Where files go.</param>
    /// <param name="plan">What the run is to do.</param>
    /// <param name="history">Where starts and ends of processes are written down.</param>
    public static async Task<ChaosCluster> StartAsync(string folder, FaultPlan plan, HistoryLog history)
    {
        var redis = await RedisServer.StartAtAsync(
            TestMachine.StablePort(), "--maxmemory-policy", "noeviction", "--appendonly", "yes", "--appendfsync", plan.FsyncAlways ? "always" : "everysec");
        var cluster = new ChaosCluster(redis, folder, history, plan.Faults.Any(fault => fault.Kind == FaultKind.Clock));
        await Task.WhenAll(cluster.Nodes.Select(cluster.BringUpAsync));
        return cluster;
    }

    public SiloNode Node(int number) => Nodes[number - 1];

    /// <summary>Starts a silo and waits until it is ready. One that gives up meanwhile, as when Redis is away, is started again, as a service manager does.</summary>
    public async Task BringUpAsync(SiloNode node)
    {
        for (var start = 1; ; start++)
        {
            await node.StartAsync();
            _history.Add(new HistoryEntry.Launched(Moment.Now, node.Number, node.Process));
            if (await node.UntilReadyAsync()) return;
            _history.Add(new HistoryEntry.Gone(Moment.Now, node.Number, node.Process, ByItself: true));
            if (start == MostStarts) throw new InvalidOperationException($"Silo {node.Number} gave up {start} times:\n{node.LogEnd()}");
        }
    }

    /// <summary>Ends a silo one way or another.</summary>
    public async Task EndAsync(SiloNode node, Func<SiloNode, Task> how)
    {
        await how(node);
        _history.Add(new HistoryEntry.Gone(Moment.Now, node.Number, node.Process, ByItself: false));
    }

    /// <summary>Starts those again that ended by themselves, which is written down.</summary>
    public async Task BringUpTheFallenAsync()
    {
        foreach (var node in Nodes.Where(node => node.HasEnded))
        {
            _history.Add(new HistoryEntry.Gone(Moment.Now, node.Number, node.Process, ByItself: true));
            await BringUpAsync(node);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private int OriginOf(IPEndPoint remote, IPEndPoint local)
    {
        var process = ConnectionOwner.Find(remote, local, Nodes.Select(node => node.Process).Where(id => id != 0));
        return Nodes.FirstOrDefault(node => node.Process == process)?.Number ?? TcpProxy.Everybody;
    }
}
