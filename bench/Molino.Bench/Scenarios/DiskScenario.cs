namespace Molino.Bench;

/// <summary>Bytes of the store (files, or memory of Redis) per job, queued and finished with result, history and events; after a clean stop, which leaves no journal.</summary>
internal sealed class DiskScenario : IScenario
{
    public string Name => "disk";

    public async Task RunAsync(BenchContext context)
    {
        await using var silo = await context.StartSiloAsync();
        var meter = new QueueMeter(silo.Client);
        await meter.WarmUpAsync(1);
        await meter.PauseAsync();
        var empty = await BytesAsync(silo);
        var jobs = context.Count(100_000);
        await NoopJobs.SubmitBatchesAsync(silo.Client, jobs);
        var queued = await BytesAsync(silo);
        context.Report.Add("disk.bytes_per_queued_job", (queued - empty) / (double)jobs, "bytes", $"{jobs} jobs");
        await meter.DrainAsync(jobs);
        var finished = await BytesAsync(silo);
        context.Report.Add("disk.bytes_per_finished_job", (finished - empty) / (double)jobs, "bytes", "with result, history and events");
    }

    private static async Task<long> BytesAsync(SiloProcess silo)
    {
        await silo.StopAsync();
        var bytes = await silo.StoreBytesAsync();
        silo.Restart();
        await silo.UntilReadyAsync();
        return bytes;
    }
}
