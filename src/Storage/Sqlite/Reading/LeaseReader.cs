using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>Reads who runs what.</summary>
internal static class LeaseReader
{
    /// <summary>The leases of a silo, oldest job first.</summary>
    public static IReadOnlyList<RunningLease> Leases(StoreReader reader, string silo)
    {
        if (!reader.Names.TryCodeOf(silo, out var code)) return [];
        var jobs = new List<StoredJob>();
        reader.Jobs.ReadPlace(PlaceKey.OfRunning(code), long.MaxValue, int.MaxValue, jobs);
        reader.Jobs.ReadPlace(PlaceKey.OfRunningSuspect(code), long.MaxValue, int.MaxValue, jobs);
        return [.. jobs.Select(stored => stored.Job).Select(job => new RunningLease(
            job.Id, job.Token, job.Pool ?? "", job.Queue, job.StartedAt ?? default, job.CancelRequestedAt is not null))];
    }

    /// <summary>The silos that hold leases.</summary>
    public static IReadOnlyList<string> Holders(StoreReader reader)
    {
        var holders = new List<string>();
        for (var code = 1; code <= reader.Names.Last; code++)
        {
            if (reader.Jobs.FirstOrder(PlaceKey.OfRunning(code)) is null && reader.Jobs.FirstOrder(PlaceKey.OfRunningSuspect(code)) is null) continue;
            holders.Add(reader.Names.NameOf(code));
        }

        return holders;
    }
}
