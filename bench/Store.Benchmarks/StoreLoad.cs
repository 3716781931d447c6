using System.Diagnostics;
using Molino.Core;
using Molino.Storage;

namespace Molino.Store.Benchmarks;

/// <summary>Puts load on a store and measures it.</summary>
internal sealed class StoreLoad(IJobStore store)
{
    private const string Queue = "default";

    private static readonly ReadOnlyMemory<byte> Args = "{}"u8.ToArray();
    private static readonly JobResult Done = new(JobResult.Json, "null"u8.ToArray(), 4);

    private readonly Random _random = new(42);

    /// <summary>Submits jobs.</summary>
    /// <returns>Jobs a second.</returns>
    public async Task<double> SubmitAsync(int count, int batch, int callers)
    {
        var start = Stopwatch.GetTimestamp();
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Add(ref left, -batch) >= 0)
                await store.ApplyAsync(Specs(batch), allOrNothing: true, CancellationToken.None);
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Leases jobs in batches, each request bringing the ends of the last batch.</summary>
    /// <returns>Jobs a second, from lease to stored end.</returns>
    public async Task<double> DrainAsync(int count, int batch, int pools)
    {
        var start = Stopwatch.GetTimestamp();
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, pools).Select(pool => Task.Run(async () =>
        {
            IReadOnlyList<JobChange> done = [];
            while (true)
            {
                var take = Interlocked.Add(ref left, -batch) >= 0 ? batch : 0;
                var lease = await store.LeaseAsync(new LeaseRequest(Queue, take, "bench/1", "pool-" + pool, done), CancellationToken.None);
                if (lease.Jobs.Count == 0) return;
                var now = TimeProvider.System.GetUtcNow();
                done = [.. lease.Jobs.Select(job => new JobChange(job.Id, new JobEvent.Succeeded(now, job.Token, Done)))];
            }
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Submits a job, leases it and ends it, one after the other.</summary>
    /// <returns>The median in microseconds.</returns>
    public async Task<double> RoundTripAsync(int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await SubmitAsync(1, 1, 1);
            await DrainAsync(1, 1, 1);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private JobChange[] Specs(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var changes = new JobChange[count];
        for (var i = 0; i < count; i++)
        {
            changes[i] = JobChange.Submit(new JobSpec
            {
                Id = JobId.Create(now, NextRandom()),
                Type = "noop",
                Args = Args,
                Queue = Queue,
                CreatedAt = now,
            });
        }

        return changes;
    }

    private ulong NextRandom()
    {
        lock (_random) return (ulong)_random.NextInt64(long.MinValue, long.MaxValue);
    }
}
