using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>Judges the changes of one item by the table of transitions, each upon those before it in the batch.</summary>
internal sealed class ItemDecider(Batch batch)
{
    private readonly List<(StagedJob Staged, JobEvent Event, Job After, Job? Before, int Index)> _applied = [];

    /// <summary>Decides an item.</summary>
    /// <returns>The answers, in order.</returns>
    public ChangeResult[] Decide(WriteItem item)
    {
        var results = new ChangeResult[item.Changes.Count];
        var refused = false;
        for (var i = 0; i < results.Length; i++)
        {
            var change = item.Changes[i];
            results[i] = change.Event is JobEvent.Submitted submitted ? Submit(submitted, i) : Apply(change, i);
            refused |= results[i].Outcome is not (ChangeOutcome.Applied or ChangeOutcome.Replayed or ChangeOutcome.Duplicate);
        }

        if (refused && item.AllOrNothing) RollBack(results);
        else foreach (var (staged, change, after, _, _) in _applied) batch.Append(staged, change, after);
        return results;
    }

    private ChangeResult Submit(JobEvent.Submitted submitted, int index)
    {
        var spec = submitted.Spec;
        var staged = batch.Find(spec.Id);
        if (staged.Job is { } there) return new ChangeResult(ChangeOutcome.Replayed, there);
        if (spec.IdempotencyKey is { } key)
        {
            var hash = JobContentHash.Of(spec);
            var field = SubmitKey.FieldOf(spec.Type, key);
            if (FindByKey(spec, field, hash) is { } known) return known;
            staged.KeyValue = new SubmitKey(spec.Id, hash, StoreTicks.Of(submitted.At), null).Pack();
            batch.Keyed[field] = staged;
        }

        var job = JobTransitions.Create(submitted, 0);
        Remember(staged, submitted, job, index);
        return new ChangeResult(ChangeOutcome.Applied, job);
    }

    private ChangeResult Apply(JobChange change, int index)
    {
        var staged = batch.Find(change.Job);
        if (staged.Job is not { } job) return new ChangeResult(ChangeOutcome.NotFound, null);
        switch (JobTransitions.Judge(job, change.Event))
        {
            case TransitionVerdict.Replay:
                return new ChangeResult(ChangeOutcome.Replayed, job);
            case TransitionVerdict.StaleToken:
                if (change.Event is not JobEvent.Progressed) batch.Refused++;
                return new ChangeResult(ChangeOutcome.StaleToken, job);
            case var _ when change.ExpectedVersion is { } expected && expected != job.Version:
                return new ChangeResult(ChangeOutcome.StaleVersion, job);
            case TransitionVerdict.Illegal:
                return new ChangeResult(ChangeOutcome.Illegal, job);
            default:
                var after = JobTransitions.Apply(job, change.Event);
                Remember(staged, change.Event, after, index);
                return new ChangeResult(ChangeOutcome.Applied, after);
        }
    }

    private ChangeResult? FindByKey(JobSpec spec, string field, byte[] hash)
    {
        var stored = batch.Keyed.TryGetValue(field, out var sibling) ? sibling.KeyValue : batch.FindKey(field);
        if (stored is null) return null;
        var known = SubmitKey.Unpack(stored);
        var first = batch.Find(known.Job).Job;
        if (!known.Hash.AsSpan().SequenceEqual(hash)) return new ChangeResult(ChangeOutcome.IdempotencyConflict, first);
        return new ChangeResult(ChangeOutcome.Duplicate, first ?? Remembered(spec, known));
    }

    /// <summary>What is still known of a job that retention removed before its key: what was asked for, and how it ended.</summary>
    private static Job Remembered(JobSpec spec, SubmitKey known) => new()
    {
        Spec = spec with { Id = known.Job, CreatedAt = known.Job.CreatedAt, DueAt = null, ExpiresAt = null },
        Queue = spec.Queue,
        Priority = spec.Priority,
        Status = known.Ended ?? JobStatus.Succeeded,
        Version = 1,
    };

    private void Remember(StagedJob staged, JobEvent change, Job after, int index)
    {
        _applied.Add((staged, change, after, staged.Job, index));
        staged.Job = after;
    }

    private void RollBack(ChangeResult[] results)
    {
        for (var i = _applied.Count - 1; i >= 0; i--)
        {
            var (staged, _, after, before, _) = _applied[i];
            staged.Job = before;
            if (before is not null || staged.KeyValue is null) continue;
            staged.KeyValue = null;
            batch.Keyed.Remove(SubmitKey.FieldOf(after.Spec.Type, after.Spec.IdempotencyKey ?? ""));
        }

        foreach (var (staged, _, _, _, index) in _applied) results[index] = new ChangeResult(ChangeOutcome.RolledBack, staged.Job);
    }
}
