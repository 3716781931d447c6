using System.Globalization;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Reading;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Retention;

/// <summary>Removes finished jobs that are too old or too many, one batch: those that ended first.</summary>
internal sealed class JobSweep(RedisEngine engine, RetentionLimits limits, DateTimeOffset now)
{
    /// <summary>Jobs of one batch.</summary>
    private const int Batch = 250;

    private static readonly JobStatus[] Ends = [JobStatus.Succeeded, JobStatus.Expired, JobStatus.Cancelled, JobStatus.Failed];

    /// <summary>Removes a batch.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var lists = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var old = lists.Select(list => list.Entries.TakeWhile(entry => entry.FinishedTicks <= StoreTicks.Of(now - KeepOf(list.End))).Count()).ToArray();
        var room = Batch;
        for (var i = 0; i < old.Length; i++)
        {
            old[i] = Math.Min(old[i], room);
            room -= old[i];
        }

        if (room > 0) room -= await AboveAsync(lists, old, room, cancellationToken).ConfigureAwait(false);
        if (room < Batch) await RemoveAsync(lists, old, cancellationToken).ConfigureAwait(false);
        return room == 0;
    }

    private TimeSpan KeepOf(JobStatus end) => end switch
    {
        JobStatus.Failed => limits.Failed,
        JobStatus.Cancelled => limits.Cancelled,
        _ => limits.Succeeded,
    };

    private async Task<List<FinishedList>> ReadAsync(CancellationToken cancellationToken)
    {
        var reads = Ends.Select(end => engine.Jobs.ReadAsync(
            RespCommand.Of("LRANGE", engine.Keys.Finished(end), "0", (Batch - 1).ToString(CultureInfo.InvariantCulture)), cancellationToken)).ToArray();
        var lists = new List<FinishedList>();
        for (var i = 0; i < Ends.Length; i++) lists.Add(new FinishedList(Ends[i], [.. (await reads[i].ConfigureAwait(false)).Items.Select(item => item.Bytes)]));
        return lists;
    }

    /// <summary>Above the number or the bytes that are kept, the jobs that ended first go, whatever their end.</summary>
    /// <returns>How many more are to go.</returns>
    private async Task<int> AboveAsync(List<FinishedList> lists, int[] take, int room, CancellationToken cancellationToken)
    {
        var cells = engine.Jobs.ReadAsync(RespCommand.Of("HGETALL", engine.Keys.Counts), cancellationToken);
        var memory = (await engine.Jobs.ReadAsync(RespCommand.Of("INFO", "memory"), cancellationToken).ConfigureAwait(false)).Text;
        var above = QueueReader.Sum((await cells.ConfigureAwait(false)).Items).Finished - take.Sum() - limits.MaxJobs;
        if (above <= 0 && UsedMemory.Read(memory) <= (limits.MaxBytes ?? DefaultBytes(memory))) return 0;
        var left = lists.SelectMany((list, i) => list.Entries.Skip(take[i]).Select(entry => (List: i, entry.FinishedTicks))).OrderBy(entry => entry.FinishedTicks);
        var more = left.Take((int)Math.Min(room, above > 0 ? above : room)).ToList();
        foreach (var (list, _) in more) take[list]++;
        return more.Count;
    }

    private static long DefaultBytes(string memory)
    {
        var limit = UsedMemory.Number(memory, "maxmemory:");
        return (long)((limit > 0 ? limit : UsedMemory.Number(memory, "total_system_memory:")) * 0.8);
    }

    private async Task RemoveAsync(List<FinishedList> lists, int[] take, CancellationToken cancellationToken)
    {
        var jobs = new List<StoredJob>();
        for (var i = 0; i < lists.Count; i++)
        {
            var entries = lists[i].Entries.Take(take[i]).ToHashSet();
            var found = await engine.Reader.FindAsync([.. entries.Select(entry => entry.Job).Distinct()], withResults: false, cancellationToken).ConfigureAwait(false);

            // A job that was sent back to its queue since has an entry for each of its ends: those before the last are dropped alone.
            jobs.AddRange(found.Where(stored => stored.Job.Status == lists[i].End && entries.Contains((StoreTicks.Of(stored.Job.FinishedAt ?? default), stored.Job.Id))));
        }

        var keys = await KeysAsync(jobs, cancellationToken).ConfigureAwait(false);
        await ContentSweep.RemoveAsync(engine, jobs, all: true, cancellationToken).ConfigureAwait(false);
        await RawStep.RunAsync(engine, batch => Add(batch, lists, take, jobs, keys), cancellationToken).ConfigureAwait(false);
    }

    private void Add(Batch batch, List<FinishedList> lists, int[] take, List<StoredJob> jobs, Dictionary<JobId, SubmitKey> keys)
    {
        var script = batch.Script;
        for (var i = 0; i < lists.Count; i++)
        {
            if (take[i] == 0) continue;
            var name = engine.Keys.Finished(lists[i].End);
            script.ExpectValue("LINDEX", name, "0"u8, lists[i].Raw[0]);
            script.Command("LTRIM", name).Add(take[i]).Add(-1);
            if (lists[i].End == JobStatus.Succeeded) script.Count(engine.Keys.Meta, "popped", take[i]);
        }

        var index = new JobIndex(engine.Keys);
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        Span<byte> guard = stackalloc byte[JobRecord.GuardLength];
        foreach (var stored in jobs)
        {
            stored.Job.Id.WriteBytes(id);
            JobRecord.WriteGuard(stored.Job, guard);
            script.Jobs.Expect(id, guard);
            script.Command("HDEL", engine.Keys.Jobs).Add(id);
            if ((stored.Apart & RecordParts.ArgsApart) != RecordParts.None) script.Command("HDEL", engine.Keys.Args).Add(id);
            if ((stored.Apart & RecordParts.ResultApart) != RecordParts.None) script.Command("HDEL", engine.Keys.Results).Add(id);
            index.Remove(script, id, stored.Job);
            if (keys.TryGetValue(stored.Job.Id, out var key)) KeySweep.JobRemoved(script, engine.Keys, stored.Job, key, now);
        }
    }

    private async Task<Dictionary<JobId, SubmitKey>> KeysAsync(List<StoredJob> jobs, CancellationToken cancellationToken)
    {
        var keyed = jobs.Select(stored => stored.Job).Where(job => job.Spec.IdempotencyKey is not null).ToList();
        var found = new Dictionary<JobId, SubmitKey>();
        if (keyed.Count == 0) return found;
        var command = RespCommand.Of("HMGET", engine.Keys.SubmitKeys);
        foreach (var job in keyed) command.Arg(SubmitKey.FieldOf(job.Spec.Type, job.Spec.IdempotencyKey ?? ""));
        var values = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNull && SubmitKey.Unpack(values[i].Bytes) is var key && key.Job == keyed[i].Id) found[keyed[i].Id] = key;
        }

        return found;
    }

    /// <summary>The head of a list of finished jobs.</summary>
    private sealed record FinishedList(JobStatus End, List<byte[]> Raw)
    {
        public List<(long FinishedTicks, JobId Job)> Entries { get; } = Raw.ConvertAll(entry => FinishedEntry.Read(entry));
    }
}
