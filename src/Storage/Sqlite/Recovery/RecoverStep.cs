using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Recovery;

/// <summary>Takes leases of a dead silo away, one batch.</summary>
internal static class RecoverStep
{
    /// <summary>Leases of one commit.</summary>
    public const int BatchSize = 1000;

    /// <summary>Runs a batch.</summary>
    /// <returns>How many leases were taken away; fewer than <see cref="BatchSize"/> when these were the last.</returns>
    public static int Run(WriteSession session, string silo)
    {
        if (!session.Names.TryCodeOf(silo, out var code)) return 0;
        var lost = new List<StoredJob>();
        session.Jobs.ReadPlace(PlaceKey.OfRunning(code), long.MaxValue, BatchSize, lost);
        session.Jobs.ReadPlace(PlaceKey.OfRunningSuspect(code), long.MaxValue, BatchSize - lost.Count, lost);
        var now = session.Time.GetUtcNow();
        foreach (var stored in lost)
        {
            var job = stored.Job;
            session.Apply(stored, job.IsSuspect && job.CancelRequestedAt is null
                ? new JobEvent.Quarantined(now, job.Token)
                : new JobEvent.LeaseLost(now, job.Token));
        }

        return lost.Count;
    }
}
