using Molino.Core;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Reading;

/// <summary>Reads who runs what.</summary>
internal static class LeaseReader
{
    /// <summary>The leases of a silo, oldest job first.</summary>
    public static async Task<IReadOnlyList<RunningLease>> LeasesAsync(RedisEngine engine, string silo, CancellationToken cancellationToken)
    {
        var ids = (await engine.Jobs.ReadAsync(RespCommand.Of("SMEMBERS", engine.Keys.Running(silo)), cancellationToken).ConfigureAwait(false)).Items;
        var jobs = await engine.Reader.FindAsync([.. ids.Select(id => JobId.FromBytes(id.Bytes))], withResults: false, cancellationToken).ConfigureAwait(false);
        return
        [
            .. jobs.Select(stored => stored.Job)
                .Where(job => job.Status == JobStatus.Running && string.Equals(job.Silo, silo, StringComparison.Ordinal))
                .OrderBy(job => job.Sequence)
                .Select(job => new RunningLease(job.Id, job.Token, job.Pool ?? "", job.Queue, job.StartedAt ?? default, job.CancelRequestedAt is not null)),
        ];
    }

    /// <summary>The silos that hold leases.</summary>
    public static async Task<IReadOnlyList<string>> HoldersAsync(RedisEngine engine, CancellationToken cancellationToken)
    {
        var counts = (await engine.Jobs.ReadAsync(RespCommand.Of("HGETALL", engine.Keys.Holders), cancellationToken).ConfigureAwait(false)).Items;
        var holders = new List<string>();
        for (var i = 0; i + 1 < counts.Length; i += 2)
        {
            if (counts[i + 1].Number > 0) holders.Add(counts[i].Text);
        }

        return holders;
    }
}
