namespace Molino.Bench;

/// <summary>
/// Does the rate hold, and does memory stay, as the backlog grows from 1,000 to a million? Each on a silo of its own that has run 100,000 jobs,
/// so that what is compared is the backlog and not how far compilation has come. Backlogs gone in a moment are drained five times; the median counts.
/// </summary>
internal sealed class GrowthScenario : IScenario
{
    private const int FlatFrom = 10_000;
    private const int WarmUp = 100_000;
    private const int SmallRounds = 5;

    private static readonly (string Name, int Jobs)[] Sizes = [("1k", 1000), ("10k", 10_000), ("100k", 100_000), ("500k", 500_000), ("1m", 1_000_000)];

    public string Name => "growth";

    public async Task RunAsync(BenchContext context)
    {
        var rates = new List<double>();
        foreach (var (name, jobs) in Sizes)
        {
            var rate = await MeasureAsync(context, name, context.Count(jobs));
            if (jobs >= FlatFrom) rates.Add(rate);
        }

        context.Report.Add("growth.spread", (rates.Max() - rates.Min()) / rates.Max() * 100, "%", "slowest below fastest, 10k to 1M");
    }

    private static async Task<double> MeasureAsync(BenchContext context, string name, int jobs)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(context.Count(WarmUp));
        var rates = new List<double>();
        for (var round = 0; round < (jobs <= FlatFrom ? SmallRounds : 1); round++)
        {
            await meter.PauseAsync();
            await NoopJobs.SubmitBatchesAsync(silo.Client, jobs);
            if (round == 0) context.Report.Add("growth.rss_queued." + name, ProcessFacts.ResidentMib(silo.Pid), "MiB", $"{jobs} jobs queued");
            rates.Add(await meter.DrainAsync(jobs));
        }

        var rate = Samples.Median(rates);
        context.Report.Add("growth.drain." + name, rate, "jobs/s", $"{jobs} jobs, warm");
        context.Report.Add("growth.rss_peak." + name, ProcessFacts.PeakResidentMib(silo.Pid), "MiB");
        return rate;
    }
}
