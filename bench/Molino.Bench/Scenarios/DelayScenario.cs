using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Bench;

/// <summary>500 jobs due in 2 to 5 s: the start that the store has recorded minus the due time. The handler is called just after that.</summary>
internal sealed class DelayScenario : IScenario
{
    private const string Tag = "delayed";

    public string Name => "delay";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(context.Count(2000));
        await RoundTrips.OneAtATimeAsync(silo.Client, 200);
        var jobs = context.Count(500);
        for (var i = 0; i < jobs; i++)
        {
            var due = DateTimeOffset.UtcNow.AddSeconds(2 + (3.0 * i / jobs));
            await silo.Client.Transport.SubmitAsync(NoopJobs.One(i) with { RunAt = due, Tags = [Tag] }, TimeSpan.Zero, CancellationToken.None);
        }

        await meter.UntilDoneAsync();
        var late = await LatenessAsync(silo.Client);
        context.Report.AddSpread("delay.late", late, "ms", "startedAt - dueAt as stored");
        context.Report.Add("delay.early", late.Count(one => one < 0), "jobs");
        context.Report.Add("delay.missing", jobs - late.Count, "jobs");
    }

    private static async Task<List<double>> LatenessAsync(MolinoClient client)
    {
        var late = new List<double>();
        var filter = new JobFilter { Tag = Tag, Status = JobStatus.Succeeded, Limit = JobFilter.MaxLimit };
        while (true)
        {
            var page = await client.Transport.ListJobsAsync(filter, CancellationToken.None);
            foreach (var job in page.Items) late.Add((job.StartedAt!.Value - job.DueAt!.Value).TotalMilliseconds);
            if (page.NextCursor is null) return late;
            filter = filter with { Cursor = page.NextCursor };
        }
    }
}
