using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Leases;

/// <summary>Takes leases away behind a pool's back.</summary>
internal static class LeaseThief
{
    /// <summary>Hands a running job back for an hour, by its own lease token, so that it is nobody's.</summary>
    public static async Task LoseLeaseAsync(this JobHandle job, TestSilo silo)
    {
        var stored = (await silo.Store.FindAsync(job.Id, CancellationToken.None))!;
        var now = DateTimeOffset.UtcNow;
        var results = await silo.Store.ApplyAsync([new JobChange(job.Id, new JobEvent.HandedBack(now, stored.Token, now.AddHours(1)))], allOrNothing: true, CancellationToken.None);
        results[0].IsStored.ShouldBeTrue();
    }
}
