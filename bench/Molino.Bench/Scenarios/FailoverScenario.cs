using System.Diagnostics;
using System.Globalization;
using Molino.Client;
using Molino.Core;

namespace Molino.Bench;

/// <summary>SIGKILL of one of three silos with 200 of 1,000 jobs of half a second running on it: when its work runs elsewhere, and whether all is done once.</summary>
internal sealed class FailoverScenario : IScenario
{
    private const int Slots = 200;
    private const int Silos = 3;

    public string Name => "failover";

    public async Task RunAsync(BenchContext context)
    {
        if (!context.IsRedis)
        {
            Console.WriteLine("  needs --store redis: a file has one silo");
            return;
        }

        await using var store = await RedisBenchStore.StartAsync();
        await using var doomed = await context.StartSiloAsync(store, Slots);
        await using var second = await context.StartSiloAsync(store, Slots);
        await using var third = await context.StartSiloAsync(store, Slots);
        var meter = new QueueMeter(second.Client);
        await meter.WarmUpAsync(50);
        var args = RawJson.Parse("{\"seconds\":2}");
        var ids = await doomed.Client.Transport.SubmitBatchAsync([.. Enumerable.Range(0, 1000).Select(_ => new JobSubmission { Type = "sleep", Args = args })], CancellationToken.None);
        while (await meter.RunningAsync() < Slots * Silos) await Task.Delay(5);
        var running = (await Sleepers.ListAsync(second.Client, JobStatus.Running)).GroupBy(job => job.Silo!).ToDictionary(silo => silo.Key, silo => silo.Select(job => job.Id).ToHashSet());
        await doomed.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        HashSet<JobId>? lost = null;
        var first = TimeSpan.Zero;
        while (await meter.UnfinishedAsync() > 0 && Stopwatch.GetElapsedTime(killed) < TimeSpan.FromMinutes(2))
        {
            if (first == TimeSpan.Zero)
            {
                var again = (await Sleepers.ListAsync(second.Client, JobStatus.Running)).Where(job => job.Epoch > 1).Select(job => job.Id).ToList();
                if (again.Count > 0)
                {
                    first = Stopwatch.GetElapsedTime(killed);
                    lost = running.Values.FirstOrDefault(silo => again.Exists(silo.Contains));
                }
            }

            await Task.Delay(20);
        }

        var done = await Sleepers.ListAsync(second.Client, JobStatus.Succeeded);
        context.Report.Add("failover.running_again", first.TotalSeconds, "s", string.Create(CultureInfo.InvariantCulture, $"from the kill, of a silo with {lost?.Count ?? 0} running"));
        context.Report.Add("failover.all_done", Stopwatch.GetElapsedTime(killed).TotalSeconds, "s", "1,000 jobs of 2 s on 400 slots");
        context.Report.Add("failover.never_done", ids.Count - done.Count, "jobs", $"of {ids.Count}");
        context.Report.Add("failover.run_again", done.Count(job => job.Epoch > 1), "jobs", "those that the dead silo ran");
        context.Report.Add("failover.others_run_again", done.Count(job => job.Epoch > 1 && lost?.Contains(job.Id) != true), "jobs");
    }
}
