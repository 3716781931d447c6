using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Leasing;

/// <summary>Stores a pool's completions and gives it the head of the queue, in one transaction.</summary>
internal static class LeaseStep
{
    /// <summary>Due jobs looked at in one request; more wait for the next.</summary>
    private const int MaxDue = 1000;

    /// <summary>Expired jobs ended in one request; more wait for the next.</summary>
    private const int MaxExpired = 1000;

    /// <summary>Runs a request.</summary>
    public static LeaseResult Run(WriteSession session, LeaseRequest request)
    {
        IReadOnlyList<ChangeResult> completions = request.Completions.Count == 0 ? [] : session.Changes.Apply(request.Completions, allOrNothing: false);
        if (!session.Names.TryCodeOf(request.Queue, out var queue)) return new LeaseResult([], completions, false, null);
        if (session.Paused.Contains(queue)) return new LeaseResult([], completions, false, null, IsPaused: true);
        if (request.Max <= 0)
            return new LeaseResult([], completions, session.Counts.Of(queue, JobStatus.Queued) > 0, NextDue(session, queue));

        var now = session.Time.GetUtcNow();
        var heads = new ReadyHeads(session, request, queue, now);
        var due = TakeDue(session, queue, now, heads);
        var leased = new List<Job>(Math.Min(request.Max, 128));
        var expired = 0;
        Span<ulong> nonces = stackalloc ulong[64];
        while (leased.Count < request.Max && expired < MaxExpired && heads.TryTake(out var head))
        {
            if (head.Job.IsExpiredAt(now))
            {
                session.Apply(head, new JobEvent.Expired(now));
                expired++;
                continue;
            }

            var place = leased.Count % nonces.Length;
            if (place == 0) RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(nonces));
            leased.Add(session.Apply(head, new JobEvent.Leased(now, nonces[place], request.Silo, request.Pool)).Job);
        }

        heads.PromoteLeftDue(now);
        var bounded = leased.Count == request.Max || expired == MaxExpired || due == MaxDue;
        return new LeaseResult(leased, completions, bounded && session.Counts.Of(queue, JobStatus.Queued) > 0, NextDue(session, queue));
    }

    private static int TakeDue(WriteSession session, int queue, DateTimeOffset now, ReadyHeads heads)
    {
        if (session.Counts.Of(queue, JobStatus.Scheduled) == 0) return 0;
        var due = new List<StoredJob>();
        session.Jobs.ReadPlace(PlaceKey.OfScheduled(queue), now.UtcTicks, MaxDue, due);
        heads.AddDue(due);
        return due.Count;
    }

    private static DateTimeOffset? NextDue(WriteSession session, int queue) =>
        session.Counts.Of(queue, JobStatus.Scheduled) == 0 ? null : session.Jobs.FirstOrder(PlaceKey.OfScheduled(queue)) is { } ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
