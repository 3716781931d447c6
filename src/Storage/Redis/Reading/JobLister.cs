using System.Globalization;
using Molino.Core;
using Molino.Storage.Listing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Reading;

/// <summary>Lists jobs, newest first. A filter looks at a bounded number of jobs a page.</summary>
internal sealed class JobLister(RedisEngine engine, JobFilter filter)
{
    /// <summary>Jobs that one page may look at.</summary>
    private const int MaxScan = 20_000;

    private const int Chunk = 500;

    private readonly List<Job> _items = [];
    private readonly int _limit = Math.Clamp(filter.Limit, 1, JobFilter.MaxLimit);

    /// <summary>Makes a page.</summary>
    /// <param name="before">Only jobs of a lower sequence.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<JobPage> ListAsync(long before, CancellationToken cancellationToken) =>
        await IndexedAsync(cancellationToken).ConfigureAwait(false) is { } ids
            ? await ListIdsAsync(ids, before, cancellationToken).ConfigureAwait(false)
            : await ScanAsync(before, cancellationToken).ConfigureAwait(false);

    private async Task<JobPage> ScanAsync(long before, CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var (ids, next) = await OrderAsync(before, cancellationToken).ConfigureAwait(false);
            if (ids.Count == 0) return new JobPage(_items, null);
            foreach (var some in ids.Chunk(Chunk))
            {
                foreach (var stored in await engine.Reader.FindAsync(some, withResults: false, cancellationToken).ConfigureAwait(false))
                {
                    if (_items.Count == _limit || scanned == MaxScan) return new JobPage(_items, ListCursor.Write(before, engine.Identity));
                    before = stored.Job.Sequence;
                    scanned++;
                    if (filter.Fits(stored.Job)) Add(stored.Job);
                }
            }

            before = next;
        }
    }

    /// <summary>Reads ids in the order of acceptance, newest first.</summary>
    /// <returns>Some ids, and where the next ones start; none when there are no more.</returns>
    private async Task<(List<JobId> Ids, long Next)> OrderAsync(long before, CancellationToken cancellationToken)
    {
        var start = before == long.MaxValue ? "+" : string.Create(CultureInfo.InvariantCulture, $"{before - 1}-{long.MaxValue}");
        var count = filter is { Queue: null, Type: null, Tag: null, Prefix: null, Status: null } ? Math.Min(4 + (_limit / 16), 64) : 64;
        var command = new RespCommand("XREVRANGE").Arg(engine.Keys.Order).Arg(start).Arg("-").Arg("COUNT").Arg(count);
        var ids = new List<JobId>();
        long next = 0;
        foreach (var block in (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items)
        {
            var name = block.Items[0].Text;
            var first = long.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
            var bytes = block.Items[1].Items[1].Bytes;
            for (var i = (bytes.Length / JobId.ByteLength) - 1; i >= 0; i--)
            {
                if (first + i < before) ids.Add(JobId.FromBytes(bytes.AsSpan(i * JobId.ByteLength)));
            }

            next = first;
        }

        return (ids, next);
    }

    /// <summary>The jobs of a state that has an index and few jobs; else null.</summary>
    private async Task<List<JobId>?> IndexedAsync(CancellationToken cancellationToken)
    {
        switch (filter.Status)
        {
            case JobStatus.Failed:
                return await MembersAsync(RespCommand.Of("ZCARD", engine.Keys.Dead), RespCommand.Of("ZRANGE", engine.Keys.Dead, "0", "-1"), cancellationToken).ConfigureAwait(false);
            case JobStatus.Running:
                var all = new List<JobId>();
                foreach (var silo in await LeaseReader.HoldersAsync(engine, cancellationToken).ConfigureAwait(false))
                {
                    var key = engine.Keys.Running(silo);
                    if (await MembersAsync(RespCommand.Of("SCARD", key), RespCommand.Of("SMEMBERS", key), cancellationToken).ConfigureAwait(false) is not { } some) return null;
                    all.AddRange(some);
                }

                return all;
            default:
                return null;
        }
    }

    private async Task<List<JobId>?> MembersAsync(RespCommand count, RespCommand read, CancellationToken cancellationToken)
    {
        if ((await engine.Jobs.ReadAsync(count, cancellationToken).ConfigureAwait(false)).Number > MaxScan) return null;
        return [.. (await engine.Jobs.ReadAsync(read, cancellationToken).ConfigureAwait(false)).Items.Select(id => JobId.FromBytes(id.Bytes))];
    }

    private async Task<JobPage> ListIdsAsync(List<JobId> ids, long before, CancellationToken cancellationToken)
    {
        var found = new List<StoredJob>();
        foreach (var some in ids.Chunk(Chunk)) found.AddRange(await engine.Reader.FindAsync(some, withResults: false, cancellationToken).ConfigureAwait(false));
        long last = 0;
        foreach (var job in found.Select(stored => stored.Job).Where(job => job.Sequence < before).OrderByDescending(job => job.Sequence))
        {
            if (_items.Count == _limit) return new JobPage(_items, ListCursor.Write(last, engine.Identity));
            last = job.Sequence;
            if (filter.Fits(job)) Add(job);
        }

        return new JobPage(_items, null);
    }

    private void Add(Job job) => _items.Add(job.Result is null ? job : job with { Result = null });
}
