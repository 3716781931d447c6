using System.Globalization;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Retention;

/// <summary>Upkeep of the Redis store. Several silos may do it at once: each step compares before it writes.</summary>
internal sealed class RedisUpkeep(RedisEngine engine) : IStoreUpkeep
{
    /// <summary>Jobs that one call may move.</summary>
    private const int MaxMoves = 1000;

    private readonly OrderSweep _order = new(engine);

    /// <inheritdoc/>
    public async Task<int> ExpireAsync(int max, CancellationToken cancellationToken)
    {
        var now = await engine.NowAsync(cancellationToken).ConfigureAwait(false);
        var jobs = await DueAsync(engine.Keys.Expiry, now, Math.Clamp(max, 0, MaxMoves), cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(jobs.FindAll(job => job.IsExpiredAt(now)), job => new JobEvent.Expired(now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> PromoteDueAsync(int max, CancellationToken cancellationToken)
    {
        var now = await engine.NowAsync(cancellationToken).ConfigureAwait(false);
        var left = Math.Clamp(max, 0, MaxMoves);
        var queues = new List<string>();
        foreach (var queue in engine.Queues)
        {
            if (left <= 0) break;
            var due = await DueAsync(engine.Keys.Due(queue), now, left, cancellationToken).ConfigureAwait(false);
            var moved = await ApplyAsync(due.FindAll(job => job.Status == JobStatus.Scheduled), job => new JobEvent.BecameDue(now), cancellationToken).ConfigureAwait(false);
            left -= moved;
            if (moved > 0) queues.Add(queue);
        }

        return queues;
    }

    /// <inheritdoc/>
    public async Task<bool> SweepAsync(RetentionLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var now = await engine.NowAsync(cancellationToken).ConfigureAwait(false);
        var more = await new JobSweep(engine, limits, now).RunAsync(cancellationToken).ConfigureAwait(false);
        more |= await new ResultSweep(engine, now - limits.Results).RunAsync(cancellationToken).ConfigureAwait(false);
        more |= await new EventSweep(engine, limits, now).RunAsync(cancellationToken).ConfigureAwait(false);
        more |= await new KeySweep(engine, now).RunAsync(cancellationToken).ConfigureAwait(false);
        return more | await _order.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Jobs whose score in an index has been reached.</summary>
    private async Task<List<Job>> DueAsync(string key, DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        var until = StoreTicks.Of(now).ToString(CultureInfo.InvariantCulture);
        var command = RespCommand.Of("ZRANGEBYSCORE", key, "-inf", until, "LIMIT", "0", max.ToString(CultureInfo.InvariantCulture));
        var ids = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        var jobs = await engine.Reader.FindAsync([.. ids.Select(id => JobId.FromBytes(id.Bytes))], withResults: false, cancellationToken).ConfigureAwait(false);
        foreach (var stored in jobs) engine.Cache.Put(stored);
        return jobs.ConvertAll(stored => stored.Job);
    }

    private async Task<int> ApplyAsync(List<Job> jobs, Func<Job, JobEvent> change, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return 0;
        var item = new WriteItem { Changes = jobs.ConvertAll(job => new JobChange(job.Id, change(job))) };
        return (await engine.WriteAsync(item, cancellationToken).ConfigureAwait(false)).Changes.Count(result => result.Outcome == ChangeOutcome.Applied);
    }
}
