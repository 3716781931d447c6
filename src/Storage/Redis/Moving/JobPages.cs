using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Content;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Moving;

/// <summary>Reads jobs by their ids, and what belongs to each. Pages are smaller where arguments and results are large.</summary>
internal sealed class JobPages(RedisEngine engine)
{
    private const int MaxJobs = 512;
    private const int MinJobs = 8;
    private const int Lines = 1000;

    /// <summary>What a page may hold in arguments and results before the next one is made smaller.</summary>
    private const long Bytes = 4 << 20;

    private int _size = 64;

    /// <summary>Reads jobs that are stored, in the order of the ids.</summary>
    public async IAsyncEnumerable<StoreItem> ReadAsync(List<JobId> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0; from < ids.Count;)
        {
            var some = ids.GetRange(from, Math.Min(_size, ids.Count - from));
            from += some.Count;
            var jobs = await engine.Reader.FindAsync(some, withResults: true, cancellationToken).ConfigureAwait(false);
            var keys = await ReadKeysAsync(jobs, cancellationToken).ConfigureAwait(false);
            foreach (var stored in jobs) yield return new StoreItem.StoredJob(stored.Job, stored.LastEvent, keys.GetValueOrDefault(stored.Job.Id));
            foreach (var job in jobs.Select(stored => stored.Job).Where(job => job is { Status: JobStatus.Succeeded, Result.Chunks: > 0 }))
            {
                await foreach (var part in ReadPartsAsync(job, cancellationToken).ConfigureAwait(false)) yield return part;
            }

            if (await HasContentAsync(jobs, cancellationToken).ConfigureAwait(false))
            {
                await foreach (var item in ReadContentAsync(jobs, cancellationToken).ConfigureAwait(false)) yield return item;
            }

            var bytes = jobs.Sum(stored => (long)stored.Job.Spec.Args.Length + (stored.Job.Result?.Inline.Length ?? 0));
            _size = Math.Clamp(bytes > Bytes ? _size / 4 : _size * 2, MinJobs, MaxJobs);
        }
    }

    /// <summary>Reads keys after their jobs: a job that is there has its key, unless retention removed both since.</summary>
    private async Task<Dictionary<JobId, SubmittedKey>> ReadKeysAsync(List<StoredJob> jobs, CancellationToken cancellationToken)
    {
        var found = new Dictionary<JobId, SubmittedKey>();
        var keyed = jobs.Select(stored => stored.Job).Where(job => job.Spec.IdempotencyKey is not null).ToList();
        if (keyed.Count == 0) return found;
        var command = RespCommand.Of("HMGET", engine.Keys.SubmitKeys);
        foreach (var job in keyed) command.Arg(SubmitKey.FieldOf(job.Spec.Type, job.Spec.IdempotencyKey ?? ""));
        var values = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNull && SubmitKey.Unpack(values[i].Bytes) is var key && key.Job == keyed[i].Id)
                found[keyed[i].Id] = new SubmittedKey(key.Hash, StoreTicks.ToTime(key.CreatedTicks));
        }

        return found;
    }

    private async IAsyncEnumerable<StoreItem.ResultPart> ReadPartsAsync(Job job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = engine.Keys.Parts(job.Id, job.Token.Epoch);
        for (var index = 0; ; index++)
        {
            var reply = await engine.Content.ReadAsync(new RespCommand("HGET").Arg(key).Arg(index), cancellationToken).ConfigureAwait(false);
            if (reply.IsNull) yield break;
            var part = RedisContentStore.SplitPart(reply.Bytes);
            yield return new StoreItem.ResultPart(job.Id, job.Token.Epoch, index, part.FirstItem, part.Items, part.Length, part.Compressed);
        }
    }

    private async Task<bool> HasContentAsync(List<StoredJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return false;
        var command = new RespCommand("EXISTS", jobs.Count * 128);
        foreach (var stored in jobs) command.Arg(engine.Keys.Log(stored.Job.Id)).Arg(engine.Keys.Data(stored.Job.Id));
        return (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Number > 0;
    }

    private async IAsyncEnumerable<StoreItem> ReadContentAsync(List<StoredJob> jobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = jobs.ConvertAll(stored => stored.Job.Id);
        var logs = ids.ConvertAll(id => ReadLinesAsync(id, "-", cancellationToken));
        var names = ids.ConvertAll(id => engine.Jobs.ReadAsync(RespCommand.Of("HKEYS", engine.Keys.Data(id)), cancellationToken));
        await Task.WhenAll(logs.Concat(names)).ConfigureAwait(false);
        for (var i = 0; i < ids.Count; i++)
        {
            var rows = (await logs[i].ConfigureAwait(false)).Items;
            while (rows.Length > 0)
            {
                yield return new StoreItem.LogLines(ids[i], [.. rows.Select(row => RedisContentStore.UnpackLine(row.Items[0].Text, row.Items[1].Items[1].Bytes))]);
                rows = rows.Length < Lines ? [] : (await ReadLinesAsync(ids[i], "(" + rows[^1].Items[0].Text, cancellationToken).ConfigureAwait(false)).Items;
            }

            foreach (var name in (await names[i].ConfigureAwait(false)).Items.Select(item => item.Text))
            {
                var value = await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Data(ids[i]), name), cancellationToken).ConfigureAwait(false);
                if (!value.IsNull) yield return new StoreItem.JobData(ids[i], name, value.Bytes);
            }
        }
    }

    private Task<Reply> ReadLinesAsync(JobId id, string from, CancellationToken cancellationToken) =>
        engine.Jobs.ReadAsync(new RespCommand("XRANGE").Arg(engine.Keys.Log(id)).Arg(from).Arg("+").Arg("COUNT").Arg(Lines), cancellationToken);
}
