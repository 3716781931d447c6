using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Retention;

/// <summary>Moves jobs whose time has come, of all queues.</summary>
internal static class DueStep
{
    /// <summary>Ends pending jobs whose expiry has passed.</summary>
    /// <returns>How many.</returns>
    public static int Expire(WriteSession session, int max)
    {
        var now = session.Time.GetUtcNow();
        var expired = new List<StoredJob>();
        session.Jobs.ReadExpired(now.UtcTicks, max, expired);
        foreach (var job in expired) session.Apply(job, new JobEvent.Expired(now));
        return expired.Count;
    }

    /// <summary>Moves due jobs to the ready index.</summary>
    /// <returns>The queues that got some.</returns>
    public static List<string> Promote(WriteSession session, int max)
    {
        var now = session.Time.GetUtcNow();
        var queues = new List<string>();
        var due = new List<StoredJob>();
        foreach (var queue in session.Counts.Queues.ToArray())
        {
            if (max <= 0) break;
            if (session.Counts.Of(queue, JobStatus.Scheduled) == 0) continue;
            due.Clear();
            session.Jobs.ReadPlace(PlaceKey.OfScheduled(queue), now.UtcTicks, max, due);
            if (due.Count == 0) continue;
            foreach (var job in due) session.Apply(job, new JobEvent.BecameDue(now));
            max -= due.Count;
            queues.Add(session.Names.NameOf(queue));
        }

        return queues;
    }
}
