using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Execution.Processes;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>
/// Starts and stops the pools with the host. Before anything is dispatched: the store is open, what an earlier silo left running is ended,
/// and its leases are taken away. While running: deadlines, reports, and leases compared with memory.
/// </summary>
internal sealed partial class PoolService(PoolSet set, PoolServices services, SiloProcesses processes, ILogger<PoolService> log) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _observation;
    private Task _loops = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux()) await processes.EndLeftoversAsync(cancellationToken).ConfigureAwait(false); // of handlers that start commands, too
        foreach (var pool in set.Pools) await pool.StartAsync(cancellationToken).ConfigureAwait(false);
        await RecoverAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Work is taken once all else has started: a start that fails, because a port is taken perhaps, must leave no leases behind. They would count as crashes of jobs
    /// that never ran.
    /// </summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _observation = services.Jobs.Observe(set);
        set.Learn(RouteTable.DefaultQueue);
        foreach (var queue in await services.Jobs.QueuesAsync(cancellationToken).ConfigureAwait(false)) set.Learn(queue.Name);
        _loops = Task.WhenAll(Task.Run(WatchDeadlinesAsync, CancellationToken.None), Task.Run(StoreReportsAsync, CancellationToken.None), Task.Run(ReconcileAsync, CancellationToken.None));
    }

    /// <summary>Before any other service stops: no job is leased once the silo says that it drains.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in set.Pools) pool.TakeNoMore();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in set.Pools)
        {
            var running = pool.Running.Count;
            if (running > 0) LogDraining(log, pool.Name, running, services.Options.DrainTimeout.TotalSeconds);
        }

        await Task.WhenAll(set.Pools.Select(pool => pool.DrainAsync(cancellationToken))).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        _stopped.TrySetResult();
        await _loops.ConfigureAwait(false);
        _observation?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in set.Pools) await pool.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>A store of one silo, which holds its lock: whoever else has leases is dead. Of a shared store the cluster knows who died.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (services.Jobs.IsShared) return;
        foreach (var holder in await services.Jobs.LeaseHoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (holder == services.Silo.Id) continue;
            var count = await services.Jobs.RecoverAsync(holder, cancellationToken).ConfigureAwait(false);
            LogRecovered(log, holder, count);
        }
    }

    private async Task WatchDeadlinesAsync()
    {
        while (await TickWhileBusyAsync(Tick).ConfigureAwait(false))
        {
            foreach (var pool in set.Pools)
            {
                foreach (var (_, attempt) in pool.Running) CheckDeadline(pool, attempt);
            }
        }
    }

    /// <summary>Apart from the deadlines, which a slow store must not hold up.</summary>
    private async Task StoreReportsAsync()
    {
        while (await TickWhileBusyAsync(services.Options.ReportEvery).ConfigureAwait(false))
        {
            foreach (var pool in set.Pools)
            {
                foreach (var (_, attempt) in pool.Running)
                {
                    if (attempt.Reports.IsDirty) await pool.FlushAsync(attempt, last: false).ConfigureAwait(false);
                }
            }
        }
    }

    private void CheckDeadline(Pool pool, RunningAttempt attempt)
    {
        var ran = services.Time.GetElapsedTime(attempt.StartedAt);
        var limits = attempt.TimeLimits;
        if (ran >= limits.Hard)
        {
            attempt.Stop(StopReason.HardTimeLimit);
            attempt.End();
        }
        else if (attempt.StopReason == StopReason.CancelRequested)
        {
            if (pool.CanKill && services.Time.GetElapsedTime(attempt.StoppedAt) >= services.Options.CancelGrace) attempt.End();
        }
        else if (ran >= limits.Soft)
        {
            attempt.Stop(StopReason.SoftTimeLimit);
        }
    }

    private async Task ReconcileAsync()
    {
        while (await TickAsync(services.Options.Reconcile).ConfigureAwait(false))
        {
            try
            {
                foreach (var queue in await services.Jobs.QueuesAsync(CancellationToken.None).ConfigureAwait(false)) set.Learn(queue.Name);
                await CompareLeasesAsync().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                LogReconcileFailed(log, error);
            }
        }
    }

    /// <summary>Leases unknown here are handed back; stop requests and losses that were not heard are delivered.</summary>
    private async Task CompareLeasesAsync()
    {
        var here = set.Pools.SelectMany(pool => pool.Running.Values).ToList(); // before the leases are read: what is leased in between is not taken for lost
        var now = services.Time.GetUtcNow();
        var leases = (await services.Jobs.LeasesAsync(services.Silo.Id, CancellationToken.None).ConfigureAwait(false)).ToDictionary(lease => lease.Job);
        foreach (var attempt in here)
        {
            if (leases.TryGetValue(attempt.JobId, out var lease) && attempt.Job.Token == lease.Token)
            {
                leases.Remove(attempt.JobId);
                if (lease.CancelRequested) attempt.Stop(StopReason.CancelRequested);
            }
            else if (services.Time.GetElapsedTime(attempt.StartedAt) > services.Options.Reconcile && !await attempt.HoldsLeaseAsync().ConfigureAwait(false))
            {
                attempt.Lose();
            }
        }

        var orphans = leases.Values
            .Where(lease => now - lease.LeasedAt > services.Options.Reconcile * 5 && !IsKnown(lease.Job))
            .Select(lease => new JobChange(lease.Job, new JobEvent.HandedBack(now, lease.Token)))
            .ToList();
        if (orphans.Count == 0) return;
        LogOrphans(log, orphans.Count);
        await services.Jobs.ApplyAsync(orphans, allOrNothing: false, CancellationToken.None).ConfigureAwait(false);
    }

    private bool IsKnown(JobId job) => set.Pools.Any(pool => pool.Knows(job));

    /// <summary>Sleeps while nothing runs: then there is neither a deadline to miss nor a report to store.</summary>
    private async Task<bool> TickWhileBusyAsync(TimeSpan period)
    {
        var started = services.Starts.Next; // before the look, so that a start in between is heard
        if (set.Pools.All(pool => pool.IsIdle)) await Task.WhenAny(started, _stopped.Task).ConfigureAwait(false);
        return await TickAsync(period).ConfigureAwait(false);
    }

    private async Task<bool> TickAsync(TimeSpan period)
    {
        try
        {
            await Task.Delay(period, services.Time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Recovered {Count} jobs that ran on {Silo} when it died.")]
    private static partial void LogRecovered(ILogger log, string silo, int count);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "Pool {Pool}: {Running} jobs still run; waiting up to {Seconds:0} s.")]
    private static partial void LogDraining(ILogger log, string pool, int running, double seconds);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "Leases could not be compared; trying again.")]
    private static partial void LogReconcileFailed(ILogger log, Exception error);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Warning, Message = "{Count} leases were unknown here and were handed back.")]
    private static partial void LogOrphans(ILogger log, int count);
}
