using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>Applies a caller's changes: judges all of them against the stored jobs and each other, then writes what is legal.</summary>
internal sealed class ChangeStep(WriteSession session)
{
    private readonly Dictionary<JobId, StagedJob> _staged = [];
    private readonly List<StagedJob> _order = [];
    private readonly List<(int Index, JobId Job)> _replays = [];
    private readonly Dictionary<(string Type, string Key), (JobSpec Spec, byte[] Hash)> _keys = [];

    /// <summary>Applies changes.</summary>
    /// <param name="changes">The changes, in order.</param>
    /// <param name="allOrNothing">Whether one refused change leaves all undone.</param>
    /// <returns>The answers, in order.</returns>
    public ChangeResult[] Apply(IReadOnlyList<JobChange> changes, bool allOrNothing)
    {
        var results = new ChangeResult[changes.Count];
        if (allOrNothing)
        {
            ApplyTogether(changes, results);
            return results;
        }

        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Stage(changes[i], i);
            Write(results);
        }

        return results;
    }

    private void ApplyTogether(IReadOnlyList<JobChange> changes, ChangeResult[] results)
    {
        var lastJob = session.Books.LastJob;
        var refused = false;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Stage(changes[i], i);
            refused |= results[i].Outcome is not (ChangeOutcome.Applied or ChangeOutcome.Replayed or ChangeOutcome.Duplicate);
        }

        if (!refused)
        {
            Write(results);
            return;
        }

        session.Books.LastJob = lastJob;
        foreach (var staged in _order)
        {
            for (var i = 0; i < staged.Count; i++) results[staged[i].Index] = new ChangeResult(ChangeOutcome.RolledBack, staged.Before?.Job);
        }

        Forget();
    }

    private ChangeResult Stage(JobChange change, int index) =>
        change.Event is JobEvent.Submitted submitted ? StageSubmit(submitted, index) : StageEvent(change, index);

    private ChangeResult StageSubmit(JobEvent.Submitted submitted, int index)
    {
        var spec = submitted.Spec;
        if (_staged.TryGetValue(spec.Id, out var staged)) return new ChangeResult(ChangeOutcome.Replayed, staged.Job);
        byte[]? hash = null;
        if (spec.IdempotencyKey is { } key)
        {
            hash = JobContentHash.Of(spec);
            if (FindByKey(spec, key, hash) is { } known) return known;
            _keys[(spec.Type, key)] = (spec, hash);
        }

        var job = JobTransitions.Create(submitted, ++session.Books.LastJob);
        Remember(new StagedJob(null, job) { KeyHash = hash }, index, submitted);
        return new ChangeResult(ChangeOutcome.Applied, job);
    }

    private ChangeResult StageEvent(JobChange change, int index)
    {
        if (!_staged.TryGetValue(change.Job, out var staged) || (staged.Before is null && session.Find(change.Job) is not null))
        {
            if (session.Find(change.Job) is not { } found) return new ChangeResult(ChangeOutcome.NotFound, null);
            if (staged is not null) Unstage(staged);
            staged = new StagedJob(found, found.Job);
        }

        var verdict = JobTransitions.Judge(staged.Job, change.Event);
        if (verdict == TransitionVerdict.Replay) return new ChangeResult(ChangeOutcome.Replayed, staged.Job);
        if (verdict == TransitionVerdict.StaleToken)
        {
            if (change.Event is not JobEvent.Progressed) session.Books.Refused++;
            return new ChangeResult(ChangeOutcome.StaleToken, staged.Job);
        }

        if (change.ExpectedVersion is { } expected && expected != staged.Job.Version) return new ChangeResult(ChangeOutcome.StaleVersion, staged.Job);
        if (verdict == TransitionVerdict.Illegal) return new ChangeResult(ChangeOutcome.Illegal, staged.Job);
        staged.Job = JobTransitions.Apply(staged.Job, change.Event);
        Remember(staged, index, change.Event);
        return new ChangeResult(ChangeOutcome.Applied, staged.Job);
    }

    /// <summary>A submit of the same batch turned out to be stored already; what follows it in the batch applies to the stored job.</summary>
    private void Unstage(StagedJob staged)
    {
        _staged.Remove(staged.Job.Id);
        for (var i = 0; i < staged.Count; i++) _replays.Add((staged[i].Index, staged.Job.Id));
        _order.Remove(staged);
    }

    private ChangeResult? FindByKey(JobSpec spec, string key, byte[] hash)
    {
        if (_keys.TryGetValue((spec.Type, key), out var sibling))
        {
            var same = sibling.Hash.AsSpan().SequenceEqual(hash);
            return new ChangeResult(same ? ChangeOutcome.Duplicate : ChangeOutcome.IdempotencyConflict, _staged[sibling.Spec.Id].Job);
        }

        if (session.Keys.Find(spec.Type, key) is not { } known) return null;
        var first = session.Find(known.Job)?.Job;
        if (known.Job == spec.Id && first is not null) return new ChangeResult(ChangeOutcome.Replayed, first);
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

    private void Remember(StagedJob staged, int index, JobEvent change)
    {
        if (staged.Count == 0)
        {
            _staged[staged.Job.Id] = staged;
            _order.Add(staged);
        }

        staged.Add(new StagedChange(index, change, staged.Job));
    }

    private void Write(ChangeResult[] results)
    {
        foreach (var staged in _order)
        {
            if (staged.Before is { } before) WriteEvents(staged, before, 0);
            else WriteSubmit(staged, results);
        }

        foreach (var (index, job) in _replays) results[index] = new ChangeResult(ChangeOutcome.Replayed, session.Find(job)?.Job);
        Forget();
    }

    private void WriteSubmit(StagedJob staged, ChangeResult[] results)
    {
        var (index, submitted, created) = staged[0];
        if (!session.TryInsert(created, submitted))
        {
            results[index] = new ChangeResult(ChangeOutcome.Replayed, session.Find(created.Id)?.Job);
            return;
        }

        if (staged.KeyHash is { } hash) session.Keys.Add(created.Spec, hash, session.Time.GetUtcNow());
        if (staged.Count > 1) WriteEvents(staged, new StoredJob(created, session.Books.LastEvent, staged.KeyHash is not null), 1);
    }

    private void WriteEvents(StagedJob staged, StoredJob stored, int from)
    {
        for (var i = from; i < staged.Count; i++) stored = session.Update(stored, staged[i].After, staged[i].Event);
    }

    private void Forget()
    {
        _staged.Clear();
        _order.Clear();
        _keys.Clear();
        _replays.Clear();
    }
}
