using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Bench;

/// <summary>The jobs of type <c>sleep</c> that a scenario has submitted.</summary>
internal static class Sleepers
{
    /// <summary>Lists all of a status, over as many pages as that takes.</summary>
    public static async Task<List<JobView>> ListAsync(MolinoClient client, JobStatus status)
    {
        var jobs = new List<JobView>();
        await foreach (var job in client.JobsAsync(new JobFilter { Type = "sleep", Status = status, Limit = JobFilter.MaxLimit })) jobs.Add(job);
        return jobs;
    }
}
