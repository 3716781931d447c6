using System.Runtime.InteropServices;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Reading;

/// <summary>Reads jobs.</summary>
internal sealed class JobReader(RedisEngine engine)
{
    private const int Chunk = 500;

    /// <summary>Finds a job, whole.</summary>
    public async Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var reply = await engine.Jobs.ReadAsync(new RespCommand("HGET").Arg(engine.Keys.Jobs).Arg(Bytes(id)), cancellationToken).ConfigureAwait(false);
        if (reply.IsNull) return null;
        var stored = (await UnpackAsync([(id, reply.Bytes)], withResults: true, cancellationToken).ConfigureAwait(false))[0];
        engine.Saw(stored.LastEvent); // who has seen this and asks for what happens from now on is not told of it again
        return stored;
    }

    /// <summary>Finds jobs.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="withResults">Whether results kept apart are read too.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>In the order of the ids, those that are stored.</returns>
    public async Task<List<StoredJob>> FindAsync(IReadOnlyList<JobId> ids, bool withResults, CancellationToken cancellationToken)
    {
        var found = new List<(JobId, byte[])>(ids.Count);
        for (var from = 0; from < ids.Count; from += Chunk)
        {
            var count = Math.Min(Chunk, ids.Count - from);
            var records = await ReadFieldsAsync(engine.Keys.Jobs, Slice(ids, from, count), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < count; i++)
            {
                if (!records[i].IsNull) found.Add((ids[from + i], records[i].Bytes));
            }
        }

        return await UnpackAsync(found, withResults, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads records, and what is kept apart from them.</summary>
    public async Task<List<StoredJob>> UnpackAsync(List<(JobId Id, byte[] Record)> records, bool withResults, CancellationToken cancellationToken)
    {
        var jobs = await engine.DecodeAsync(() => records.ConvertAll(item => JobRecord.Unpack(item.Id, item.Record, engine.Names))).ConfigureAwait(false);
        await JoinAsync(jobs, RecordParts.ArgsApart, engine.Keys.Args, static (job, bytes) => job with { Spec = job.Spec with { Args = bytes } }, cancellationToken).ConfigureAwait(false);
        if (withResults)
        {
            await JoinAsync(
                jobs,
                RecordParts.ResultApart,
                engine.Keys.Results,
                static (job, bytes) => job.Result is { } result ? job with { Result = result with { Inline = bytes } } : job,
                cancellationToken).ConfigureAwait(false);
        }

        return jobs;
    }

    /// <summary>The bytes that a job is stored under.</summary>
    public static byte[] Bytes(JobId id)
    {
        var bytes = new byte[JobId.ByteLength];
        id.WriteBytes(bytes);
        return bytes;
    }

    private static List<JobId> Slice(IReadOnlyList<JobId> ids, int from, int count)
    {
        var slice = new List<JobId>(count);
        for (var i = 0; i < count; i++) slice.Add(ids[from + i]);
        return slice;
    }

    private async Task JoinAsync(List<StoredJob> jobs, RecordParts part, string key, Func<Job, byte[], Job> join, CancellationToken cancellationToken)
    {
        var places = new List<int>();
        for (var i = 0; i < jobs.Count; i++)
        {
            if ((jobs[i].Apart & part) != RecordParts.None) places.Add(i);
        }

        for (var from = 0; from < places.Count; from += Chunk)
        {
            var some = places.GetRange(from, Math.Min(Chunk, places.Count - from));
            var values = await ReadFieldsAsync(key, some.ConvertAll(place => jobs[place].Job.Id), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < some.Count; i++)
            {
                if (values[i].IsNull) continue;
                var stored = CollectionsMarshal.AsSpan(jobs)[some[i]];
                jobs[some[i]] = stored with { Job = join(stored.Job, values[i].Bytes) };
            }
        }
    }

    private async Task<Reply[]> ReadFieldsAsync(string key, List<JobId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var command = new RespCommand("HMGET", 64 + (ids.Count * 24)).Arg(key);
        foreach (var id in ids) AddId(command, id);
        return (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
    }

    private static void AddId(RespCommand command, JobId id)
    {
        Span<byte> bytes = stackalloc byte[JobId.ByteLength];
        id.WriteBytes(bytes);
        command.Arg(bytes);
    }
}
