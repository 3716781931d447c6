using System.Globalization;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Recovery;

/// <summary>
/// Takes the leases of a silo away, batch by batch. The first batch removes the silo's incarnation in the same step, so from then on it gets no lease and
/// nothing it writes is taken. A silo that asks for its own leases back is not removed.
/// </summary>
internal sealed class RecoverStep(RedisEngine engine, string silo)
{
    private const int BatchSize = 1000;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removes = !string.Equals(silo, engine.Silo, StringComparison.Ordinal);
        if (removes && engine.HasStateApart) await engine.State.WriteAsync(RespCommand.Of("HSET", engine.Keys.Fence, silo, "1"), cancellationToken).ConfigureAwait(false);
        var total = 0;
        for (var first = true; ; first = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lost = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (lost.Count == 0 && !(first && removes)) break;
            var now = await engine.NowAsync(cancellationToken).ConfigureAwait(false);
            var changes = lost.ConvertAll(job => new JobChange(job.Id, EventOf(job, now)));
            var answer = await engine.WriteAsync(new WriteItem { Changes = changes, RemovedSilo = first && removes ? silo : null }, cancellationToken).ConfigureAwait(false);
            total += answer.Changes.Count(change => change.Outcome == ChangeOutcome.Applied);
        }

        if (removes) await engine.Jobs.WriteAsync(RespCommand.Of("HDEL", engine.Keys.Holders, silo), cancellationToken).ConfigureAwait(false);
        return total;
    }

    private static JobEvent EventOf(Job job, DateTimeOffset now) => job.IsSuspect && job.CancelRequestedAt is null
        ? new JobEvent.Quarantined(now, job.Token)
        : new JobEvent.LeaseLost(now, job.Token);

    private async Task<List<Job>> ReadAsync(CancellationToken cancellationToken)
    {
        var command = RespCommand.Of("SRANDMEMBER", engine.Keys.Running(silo), BatchSize.ToString(CultureInfo.InvariantCulture));
        var ids = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        var jobs = await engine.Reader.FindAsync([.. ids.Select(id => JobId.FromBytes(id.Bytes))], withResults: false, cancellationToken).ConfigureAwait(false);
        foreach (var stored in jobs) engine.Cache.Put(stored);
        return [.. jobs.Select(stored => stored.Job).Where(job => job.Status == JobStatus.Running && string.Equals(job.Silo, silo, StringComparison.Ordinal))];
    }
}
