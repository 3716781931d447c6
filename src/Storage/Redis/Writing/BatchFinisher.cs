using System.Runtime.InteropServices;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>Reads the script's answers: learns from conflicts, completes what was stored, tells observers.</summary>
internal sealed class BatchFinisher(RedisEngine engine)
{
    private readonly List<CommittedChange> _committed = [];

    /// <summary>Learns what is really stored where a batch had guessed otherwise.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="conflicts">Pairs of the number of what was expected, and what was found.</param>
    public async Task LearnAsync(Batch batch, Reply[] conflicts)
    {
        var ids = batch.Jobs.Keys.ToArray();
        var found = new List<(JobId, byte[])>();
        for (var i = 0; i < conflicts.Length; i += 2)
        {
            var place = (int)conflicts[i].Number;
            var value = conflicts[i + 1];
            if (place >= ids.Length)
            {
                if (batch.Items.Exists(item => item.StandsAlone)) continue;
                batch.LearnKey(place - ids.Length, value.IsNull ? null : value.Bytes);
                continue;
            }

            engine.Cache.Remove(ids[place]);
            if (value.IsNull) batch.Learn(ids[place], null);
            else found.Add((ids[place], value.Bytes));
        }

        foreach (var stored in await engine.Reader.UnpackAsync(found, withResults: true, CancellationToken.None).ConfigureAwait(false)) batch.Learn(stored.Job.Id, stored);
    }

    /// <summary>A batch is stored: gives its items their answers.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reply">The script's answer; null when nothing had to be asked.</param>
    public async Task CompleteAsync(Batch batch, Reply reply)
    {
        _committed.Clear();
        long firstJob = 0;
        DateTimeOffset now = default;
        Reply[] leases = [];
        if (!reply.IsNull)
        {
            var parts = reply.Items;
            firstJob = parts[1].Number;
            now = StoreTicks.ToTime(parts[3].Number);
            leases = parts[5].Items;
            Remember(batch, firstJob, parts[2].Number);
            engine.Committed(parts[4].Number, batch.NewQueues);
        }

        KeepParts(batch);
        foreach (var (job, kind) in batch.Committed) _committed.Add(new CommittedChange(Numbered(batch, job, firstJob), kind));
        var answers = new WriteAnswer[batch.Items.Count];
        for (int i = 0, lease = 0; i < answers.Length; i++)
        {
            var results = batch.Results[i];
            for (var r = 0; r < results.Length; r++)
            {
                if (results[r].Job is { Sequence: 0 } job) results[r] = results[r] with { Job = Numbered(batch, job, firstJob) };
                if (batch.Items[i].IsLate) results[r] = results[r] with { IsLate = true };
            }

            answers[i] = batch.Items[i].Lease is null
                ? new WriteAnswer(results, null, [], now)
                : await LeaseAsync(results, leases[lease++].Items, now).ConfigureAwait(false);
        }

        engine.Tell(CollectionsMarshal.AsSpan(_committed));
        for (var i = 0; i < answers.Length; i++) Answer(batch.Items[i], answers[i]);
    }

    /// <summary>Gives an item its answer. One that was sent twice may have been refused the second time because of the first: then nobody knows.</summary>
    private static void Answer(WriteItem item, WriteAnswer answer)
    {
        if (!item.MaybeStored || Array.TrueForAll(answer.Changes, change => change.Outcome is not (ChangeOutcome.StaleToken or ChangeOutcome.Illegal or ChangeOutcome.RolledBack)))
            item.Succeed(answer);
        else
            item.Fail(new StoreException(ErrorCodes.OutcomeUnknown, "The connection to Redis ended during a write, and what is stored does not tell whether by this write."));
    }

    /// <summary>The job with its sequence, which was given in the commit.</summary>
    private static Job Numbered(Batch batch, Job job, long firstJob) =>
        job.Sequence == 0 && batch.Jobs.TryGetValue(job.Id, out var staged) && staged.Place > 0 ? job with { Sequence = firstJob + staged.Place } : job;

    private void Remember(Batch batch, long firstJob, long firstEvent)
    {
        foreach (var (id, staged) in batch.Jobs)
        {
            if (staged.LastEvent == 0 || staged.Job is not { } job) continue;
            if (job.Status == JobStatus.Running)
                engine.Cache.Put(new StoredJob(Numbered(batch, job, firstJob), firstEvent + staged.LastEvent, JobRecord.PartsOf(job) & (RecordParts.ArgsApart | RecordParts.ResultApart)));
            else if (staged.Before is not null)
                engine.Cache.Remove(id);
        }
    }

    /// <summary>Parts of an accepted result live as long as retention says, no longer as long as a part of an attempt. Also where this is the second sending of an end.</summary>
    private void KeepParts(Batch batch)
    {
        foreach (var result in batch.Results.SelectMany(results => results))
        {
            if (result.Job is { Status: JobStatus.Succeeded, Result.Chunks: > 0 } job)
                _ = engine.Content.SendAsync(RespCommand.Of("PERSIST", engine.Keys.Parts(job.Id, job.Token.Epoch)), CancellationToken.None);
        }
    }

    private async Task<WriteAnswer> LeaseAsync(ChangeResult[] completions, Reply[] parts, DateTimeOffset now)
    {
        var leased = await UnpackAsync(parts[0]).ConfigureAwait(false);
        foreach (var stored in leased)
        {
            engine.Cache.Put(stored);
            _committed.Add(new CommittedChange(stored.Job, JobEventKind.Leased));
        }

        if (engine.IsObserved)
        {
            foreach (var stored in await UnpackAsync(parts[1]).ConfigureAwait(false)) _committed.Add(new CommittedChange(stored.Job, JobEventKind.BecameDue));
        }

        var result = new LeaseResult(
            leased.ConvertAll(stored => stored.Job),
            completions,
            parts[3].Number == 1,
            parts[4].Bytes.Length == 0 ? null : StoreTicks.ToTime((long)parts[4].Score),
            IsPaused: parts[5].Number == 1);
        return new WriteAnswer(completions, result, [.. parts[2].Items.Select(id => JobId.FromBytes(id.Bytes))], now);
    }

    private Task<List<StoredJob>> UnpackAsync(Reply pairs)
    {
        var items = pairs.Items;
        var records = new List<(JobId, byte[])>(items.Length / 2);
        for (var i = 0; i < items.Length; i += 2) records.Add((JobId.FromBytes(items[i].Bytes), items[i + 1].Bytes));
        return engine.Reader.UnpackAsync(records, withResults: false, CancellationToken.None);
    }
}
