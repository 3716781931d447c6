using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Retention;

/// <summary>Results have a life of their own: goes once through the succeeded jobs in the order of their end, and takes results away.</summary>
internal sealed class ResultSweep(RedisEngine engine, DateTimeOffset cutoff)
{
    private const int Batch = 250;

    /// <summary>Does a batch.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        // "swept" and "popped" count entries since the list began: how far results were taken, and how many entries have left the list.
        var books = (await engine.Jobs.ReadAsync(RespCommand.Of("HMGET", engine.Keys.Meta, "swept", "popped"), cancellationToken).ConfigureAwait(false)).Items;
        var popped = books[1].IsNull ? 0 : books[1].Number;
        var from = Math.Max(books[0].IsNull ? 0 : books[0].Number, popped);
        var command = new RespCommand("LRANGE").Arg(engine.Keys.Finished(JobStatus.Succeeded)).Arg(from - popped).Arg(from - popped + Batch - 1);
        var entries = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items
            .Select(item => FinishedEntry.Read(item.Bytes)).TakeWhile(entry => entry.FinishedTicks <= StoreTicks.Of(cutoff)).ToList();
        if (entries.Count == 0) return false;
        var jobs = await engine.Reader.FindAsync(entries.ConvertAll(entry => entry.Job), withResults: false, cancellationToken).ConfigureAwait(false);
        jobs.RemoveAll(stored => stored.Job is not { Status: JobStatus.Succeeded, Result: not null });
        await ContentSweep.RemoveAsync(engine, jobs.FindAll(stored => stored.Job.Result is { Chunks: > 0 }), all: false, cancellationToken).ConfigureAwait(false);
        await RawStep.RunAsync(engine, batch => Add(batch.Script, books[0], from + entries.Count, jobs), cancellationToken).ConfigureAwait(false);
        return entries.Count == Batch;
    }

    private void Add(BatchScript script, Reply swept, long next, List<StoredJob> jobs)
    {
        script.ExpectValue("HGET", engine.Keys.Meta, "swept"u8, swept.IsNull ? [] : swept.Bytes);
        script.Command("HSET", engine.Keys.Meta).Add("swept").Add(next);
        PackBuffer record = new(), scratch = new();
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        Span<byte> stamp = stackalloc byte[JobRecord.StampLength];
        Span<byte> guard = stackalloc byte[JobRecord.GuardLength];
        foreach (var stored in jobs)
        {
            if (stored.Job.Result is not { } result) continue;
            var job = stored.Job with { Result = result with { Inline = default } };
            job.Id.WriteBytes(id);
            JobRecord.WriteGuard(job, guard);
            script.Jobs.Expect(id, guard);
            if ((stored.Apart & RecordParts.ResultApart) != RecordParts.None) script.Command("HDEL", engine.Keys.Results).Add(id);
            else if (result.Inline.IsEmpty) continue;
            record.Clear();
            JobRecord.WriteBytes(stamp[..6], job.Sequence);
            JobRecord.WriteBytes(stamp[6..], stored.LastEvent);
            record.Raw(stamp);
            JobRecord.Pack(job, JobRecord.PartsOf(job), engine.Names, record, scratch);
            script.Command("HSET", engine.Keys.Jobs).Add(id).Add(record.Written);
        }
    }
}
