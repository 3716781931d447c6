namespace Molino.Conformance.Stores;

/// <summary>What a store must do, in its simplest form: a dictionary of jobs and the table of transitions.</summary>
internal sealed class StoreModel
{
    private Dictionary<JobId, Job> _jobs = [];

    public IReadOnlyDictionary<JobId, Job> Jobs => _jobs;

    public long Refused { get; private set; }

    /// <summary>Applies changes; sequences of new jobs are taken from the store's answers.</summary>
    public List<ChangeResult> Apply(IReadOnlyList<JobChange> changes, bool allOrNothing, IReadOnlyList<ChangeResult> answers)
    {
        var before = new Dictionary<JobId, Job>(_jobs);
        var results = changes.Select((change, i) => Apply(change, answers[i])).ToList();
        if (!allOrNothing || results.TrueForAll(result => result.IsStored)) return results;
        _jobs = before;
        return [.. results.Select((result, i) => result.Outcome == ChangeOutcome.Applied
            ? new ChangeResult(ChangeOutcome.RolledBack, before.GetValueOrDefault(changes[i].Job))
            : result)];
    }

    /// <summary>Leases as the store must; tokens are taken from its answer.</summary>
    public List<Job> Lease(LeaseRequest request, DateTimeOffset now, IReadOnlyList<Job> answer)
    {
        var leased = new List<Job>();
        var suspectRuns = _jobs.Values.Any(job => job.Status == JobStatus.Running && job.IsSuspect && job.Silo == request.Silo);
        var heads = _jobs.Values
            .Where(job => job.Queue == request.Queue && (job.Status == JobStatus.Queued || (job.Status == JobStatus.Scheduled && job.DueAt <= now)))
            .OrderByDescending(job => job.Priority + (request.Aging is { } span ? (now - job.Spec.CreatedAt).Ticks / span.Ticks : 0))
            .ThenBy(job => job.Sequence)
            .ToList();
        foreach (var job in heads)
        {
            if (leased.Count < request.Max && !(job.IsSuspect && suspectRuns))
            {
                if (job.IsExpiredAt(now))
                {
                    Put(JobTransitions.Apply(job, new JobEvent.Expired(now)));
                    continue;
                }

                suspectRuns |= job.IsSuspect;
                var nonce = answer.FirstOrDefault(given => given.Id == job.Id)?.Token.Nonce ?? 0;
                leased.Add(Put(JobTransitions.Apply(job, new JobEvent.Leased(now, nonce, request.Silo, request.Pool))));
            }
            else if (job.Status == JobStatus.Scheduled)
            {
                Put(JobTransitions.Apply(job, new JobEvent.BecameDue(now)));
            }
        }

        return leased;
    }

    public DateTimeOffset? NextDue(string queue) =>
        _jobs.Values.Where(job => job.Queue == queue && job.Status == JobStatus.Scheduled).Min(job => job.DueAt);

    public int Recover(string silo, DateTimeOffset now)
    {
        var lost = _jobs.Values.Where(job => job.Status == JobStatus.Running && job.Silo == silo).ToList();
        foreach (var job in lost)
        {
            Put(JobTransitions.Apply(job, job.IsSuspect && job.CancelRequestedAt is null
                ? new JobEvent.Quarantined(now, job.Token)
                : new JobEvent.LeaseLost(now, job.Token)));
        }

        return lost.Count;
    }

    public int Expire(DateTimeOffset now)
    {
        var expired = _jobs.Values.Where(job => job.IsExpiredAt(now)).ToList();
        foreach (var job in expired) Put(JobTransitions.Apply(job, new JobEvent.Expired(now)));
        return expired.Count;
    }

    public List<string> PromoteDue(DateTimeOffset now)
    {
        var due = _jobs.Values.Where(job => job.Status == JobStatus.Scheduled && job.DueAt <= now).ToList();
        foreach (var job in due) Put(JobTransitions.Apply(job, new JobEvent.BecameDue(now)));
        return [.. due.Select(job => job.Queue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private ChangeResult Apply(JobChange change, ChangeResult answer)
    {
        if (!_jobs.TryGetValue(change.Job, out var job))
        {
            return change.Event is JobEvent.Submitted submitted
                ? new ChangeResult(ChangeOutcome.Applied, Put(JobTransitions.Create(submitted, answer.Job?.Sequence ?? 0)))
                : new ChangeResult(ChangeOutcome.NotFound, null);
        }

        var verdict = JobTransitions.Judge(job, change.Event);
        if (verdict == TransitionVerdict.Replay) return new ChangeResult(ChangeOutcome.Replayed, job);
        if (verdict == TransitionVerdict.StaleToken)
        {
            if (change.Event is not JobEvent.Progressed) Refused++;
            return new ChangeResult(ChangeOutcome.StaleToken, job);
        }

        if (change.ExpectedVersion is { } version && version != job.Version) return new ChangeResult(ChangeOutcome.StaleVersion, job);
        return verdict == TransitionVerdict.Illegal
            ? new ChangeResult(ChangeOutcome.Illegal, job)
            : new ChangeResult(ChangeOutcome.Applied, Put(JobTransitions.Apply(job, change.Event)));
    }

    private Job Put(Job job) => _jobs[job.Id] = job;
}
