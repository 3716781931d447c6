using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Leasing;

/// <summary>
/// The heads of what a queue has to give: ready jobs by priority (one source each with aging, one for all without), due jobs,
/// and at most one suspect. Gives the best of the heads, one at a time.
/// </summary>
internal sealed class ReadyHeads
{
    private readonly WriteSession _session;
    private readonly long? _aging;
    private readonly DateTimeOffset _now;
    private readonly List<ReadySource> _sources = [];
    private readonly List<StoredJob> _leftDue = [];
    private ReadySource? _suspects;
    private Queue<StoredJob>? _due;

    public ReadyHeads(WriteSession session, LeaseRequest request, int queue, DateTimeOffset now)
    {
        _session = session;
        _aging = request.Aging is { Ticks: > 0 } span ? span.Ticks : null;
        _now = now;
        AddReady(queue, request.Max);
        if (!session.Names.TryCodeOf(request.Silo, out var silo) || session.Jobs.FirstOrder(PlaceKey.OfRunningSuspect(silo)) is null)
            _suspects = new ReadySource(session, PlaceKey.OfReadySuspect(queue, JobPriority.Highest), PlaceKey.OfReadySuspect(queue, 0), 1);
    }

    /// <summary>Adds the due jobs, which compete with the ready ones.</summary>
    public void AddDue(List<StoredJob> due)
    {
        due.Sort((a, b) => Compare(a.Job, b.Job));
        _due = new Queue<StoredJob>(due);
    }

    /// <summary>Takes the best job. The caller must lease or expire it before the next call.</summary>
    public bool TryTake(out StoredJob best)
    {
        ReadySource? from = null;
        best = default;
        foreach (var source in _sources) Consider(source, ref from, ref best);
        if (_suspects is not null) Consider(_suspects, ref from, ref best);
        SkipDueSuspects();
        if (_due is { Count: > 0 } && (from is null || Compare(_due.Peek().Job, best.Job) < 0))
        {
            best = _due.Dequeue();
            from = null;
        }
        else if (from is null)
        {
            return false;
        }

        from?.Taken();
        if (best.Job.IsSuspect && !best.Job.IsExpiredAt(_now)) _suspects = null;
        return true;
    }

    /// <summary>Due jobs that were not taken become ready.</summary>
    public void PromoteLeftDue(DateTimeOffset now)
    {
        foreach (var job in _leftDue) _session.Apply(job, new JobEvent.BecameDue(now));
        if (_due is null) return;
        foreach (var job in _due) _session.Apply(job, new JobEvent.BecameDue(now));
    }

    /// <summary>A suspect whose silo runs another has to wait, ready.</summary>
    private void SkipDueSuspects()
    {
        while (_suspects is null && _due is { Count: > 0 } && _due.Peek().Job.IsSuspect) _leftDue.Add(_due.Dequeue());
    }

    private void AddReady(int queue, int max)
    {
        if (_aging is null)
        {
            _sources.Add(new ReadySource(_session, PlaceKey.OfReady(queue, JobPriority.Highest), PlaceKey.OfReady(queue, 0), Math.Min(max, 512)));
            return;
        }

        for (var priority = JobPriority.Highest; priority >= JobPriority.Lowest; priority--)
        {
            if (_session.Counts.Of(queue, JobStatus.Queued, priority) == 0) continue;
            var place = PlaceKey.OfReady(queue, priority);
            _sources.Add(new ReadySource(_session, place, place, Math.Min(max, 32)));
        }
    }

    private void Consider(ReadySource source, ref ReadySource? from, ref StoredJob best)
    {
        if (!source.TryPeek(out var head) || (from is not null && Compare(head.Job, best.Job) >= 0)) return;
        from = source;
        best = head;
    }

    /// <summary>Below zero when the first job goes first: higher effective priority, then the one accepted earlier.</summary>
    private int Compare(Job a, Job b)
    {
        var order = EffectivePriority(b).CompareTo(EffectivePriority(a));
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    }

    /// <summary>The priority, raised by one for each full span that the job has waited since it was accepted.</summary>
    private long EffectivePriority(Job job) =>
        _aging is { } span ? job.Priority + (Math.Max(0, _now.UtcTicks - job.Spec.CreatedAt.UtcTicks) / span) : job.Priority;
}
