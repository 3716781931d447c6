namespace Molino.Chaos;

/// <summary>Does what the plan says, when it says so. Faults of one silo wait for each other.</summary>
internal sealed class FaultRunner(ChaosCluster cluster, HistoryLog history)
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, FaultPlan.Silos + 2).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly List<Task> _healing = [];

    /// <summary>Does all faults, and undoes them.</summary>
    /// <param name="plan">The plan.</param>
    public async Task RunAsync(FaultPlan plan)
    {
        var began = Moment.Now;
        await Task.WhenAll(plan.Faults.Select(async fault =>
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, fault.At - Moment.Seconds(Moment.Now - began))));
            var gate = _gates[fault.Kind switch { FaultKind.CutPeers => FaultPlan.Silos + 1, _ => fault.Node }];
            await gate.WaitAsync();
            try
            {
                await DoAsync(fault);
            }
            finally
            {
                gate.Release();
            }
        }));
        await Task.WhenAll(_healing);
    }

    private async Task DoAsync(Fault fault)
    {
        history.Add(new HistoryEntry.FaultBegan(Moment.Now, fault));
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await cluster.EndAsync(cluster.Node(fault.Node), node => node.KillAsync());
                await LastAsync(fault);
                await cluster.BringUpAsync(cluster.Node(fault.Node));
                break;
            case FaultKind.Pause:
                cluster.Node(fault.Node).Pause();
                await LastAsync(fault);
                cluster.Node(fault.Node).Resume();
                break;
            case FaultKind.Redis:
                await cluster.Redis.KillAsync();
                await LastAsync(fault);
                await cluster.Redis.StartAgainAsync();
                _healing.AddRange(cluster.Nodes.Select(node => WatchHealingAsync(node, Moment.Now)));
                break;
            case FaultKind.CutRedis:
                cluster.Node(fault.Node).Redis.Cut(fault.Cut!.Value);
                await LastAsync(fault);
                cluster.Node(fault.Node).Redis.Heal();
                break;
            case FaultKind.CutPeers:
                cluster.Node(fault.Node).Peers.Cut(fault.Cut!.Value, fault.Other);
                cluster.Node(fault.Other).Peers.Cut(fault.Cut!.Value, fault.Node);
                await LastAsync(fault);
                cluster.Node(fault.Node).Peers.Heal(fault.Other);
                cluster.Node(fault.Other).Peers.Heal(fault.Node);
                break;
            case FaultKind.Clock:
                cluster.Node(fault.Node).StepClock(fault.Step);
                await LastAsync(fault);
                cluster.Node(fault.Node).StepClock(0);
                break;
            default:
                await RestartAllAsync();
                break;
        }

        history.Add(new HistoryEntry.FaultEnded(Moment.Now, fault));
    }

    private async Task RestartAllAsync()
    {
        foreach (var node in cluster.Nodes)
        {
            await _gates[node.Number].WaitAsync();
            await cluster.EndAsync(node, one => one.StopAsync());
            await cluster.BringUpAsync(node);
            _gates[node.Number].Release();
        }
    }

    private async Task WatchHealingAsync(SiloNode node, long redisBackAt)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await node.IsReadyAsync(CancellationToken.None)) await timer.WaitForNextTickAsync(CancellationToken.None);
        history.Add(new HistoryEntry.Healed(Moment.Now, node.Number, redisBackAt));
    }

    private static Task LastAsync(Fault fault) => Task.Delay(TimeSpan.FromSeconds(fault.Length));
}
