using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.EndToEnd.Tests.Cluster;

/// <summary>What an operator sees of all silos, asked at any of them, and what he asks of them.</summary>
public sealed class OperatorTests(ThreeSilos cluster) : IClassFixture<ThreeSilos>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_AskedAtAny_ShowAllWithAddressesAndPools()
    {
        foreach (var asked in cluster.Silos)
        {
            var silos = await ThreeSilos.SeesAsync(asked, 3);
            var living = silos.Where(silo => silo.Status == "active").ToList();
            living[0].Http!.ShouldContain(asked.Url.ToString().TrimEnd('/'));
            living.Select(silo => silo.Address).Distinct().Count().ShouldBe(3);
            living.ShouldAllBe(silo => silo.Store!.Status == "ok" && silo.BeatAge < 3 && silo.Version.Length > 0 && silo.Id.StartsWith(silo.Name!, StringComparison.Ordinal));
            var pools = await asked.Client.Transport.PoolsAsync(CancellationToken.None);
            pools.Select(pool => pool.Silo).ShouldBe(living.Select(silo => silo.Id), ignoreOrder: true);
            var health = JsonNode.Parse(await asked.Http.GetStringAsync("/health/ready"))!;
            ((int)health["parts"]!["cluster"]!["members"]!).ShouldBe(3);
        }

        var ping = await ProgramRun.RunAsync(Programs.Cli, null, "--url", cluster.First.Url.ToString(), "inspect", "ping");
        ping.Output.Split('\n').Count(line => line.Contains("\tpong\tactive\t", StringComparison.Ordinal)).ShouldBe(3, ping.Output + ping.Errors);
    }

    [Fact]
    public async Task Drain_OfAnotherSilo_LetsItsJobsEndAndTakesNoMoreUntilResumed()
    {
        var (asked, drained) = (cluster.Silos[0], cluster.Silos[1]);
        await ThreeSilos.SeesAsync(asked, 3);
        var id = (await ThreeSilos.SeesAsync(drained, 3))[0].Id;
        var jobs = await SubmitAsync(asked, 60, 1);
        await RunsOnAsync(asked, id);

        var drain = await ProgramRun.RunAsync(Programs.Cli, null, "--url", asked.Url.ToString(), "drain", id);

        drain.ExitCode.ShouldBe(0, drain.Errors);
        drain.Output.ShouldContain("draining");
        foreach (var job in jobs) await job.ResultAsync<object>(Patience);
        await SiloProcess.UntilAsync(async () => await ThreeSilos.ShownAsync(asked, id) is { Status: "draining", Running: 0 });
        foreach (var job in jobs) (await job.ViewAsync()).Epoch.ShouldBe(1); // each ran once
        using (var ready = await drained.Http.GetAsync("/health/ready"))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("draining");
        }

        var elsewhere = await SubmitAsync(drained, 30, 0.1); // it still answers
        foreach (var job in elsewhere) await job.ResultAsync<object>(Patience);
        foreach (var job in elsewhere) (await job.ViewAsync()).Silo.ShouldNotBe(id);

        (await asked.Client.Transport.OrderSiloAsync(id, SiloOrder.Resume, CancellationToken.None)).Id.ShouldBe(id);
        await ThreeSilos.SeesAsync(asked, 3);
        var again = await SubmitAsync(asked, 60, 0.5);
        await RunsOnAsync(asked, id);
        foreach (var job in again) await job.ResultAsync<object>(Patience);
    }

    [Fact]
    public async Task Drain_TimeOver_HandsJobsBackUncountedAndOthersRunThem()
    {
        var (asked, drained) = (cluster.Silos[0], cluster.Silos[2]);
        await ThreeSilos.SeesAsync(asked, 3);
        var id = (await ThreeSilos.SeesAsync(drained, 3))[0].Id;
        var jobs = await SubmitAsync(asked, 30, 6); // as many as there are slots: a silo keeps what it has room for
        var moved = await RunsOnAsync(asked, id);

        await asked.Client.Transport.OrderSiloAsync(id, SiloOrder.Drain, CancellationToken.None);

        await SiloProcess.UntilAsync(async () => (await asked.Client.Job(moved).ViewAsync()) is { Status: JobStatus.Running, Epoch: 2, Attempt: 1 } view && view.Silo != id);
        (await asked.Client.Job(moved).ViewAsync()).History!.Single().Outcome.ShouldBe(AttemptOutcome.HandedBack);
        foreach (var job in jobs) await job.ResultAsync<object>(Patience);
        await asked.Client.Transport.OrderSiloAsync(id, SiloOrder.Resume, CancellationToken.None);
        await ThreeSilos.SeesAsync(asked, 3);
    }

    [Fact]
    public async Task Shutdown_OfAnotherSilo_EndsItWithExitCodeZero()
    {
        var (asked, stopped) = (cluster.Silos[1], cluster.Silos[2]);
        var id = (await ThreeSilos.SeesAsync(stopped, 3))[0].Id;
        var jobs = await SubmitAsync(asked, 30, 1);
        await RunsOnAsync(asked, id);

        var run = await ProgramRun.RunAsync(Programs.Cli, null, "--url", asked.Url.ToString(), "control", "shutdown", id);

        run.ExitCode.ShouldBe(0, run.Errors);
        (await stopped.WaitForExitAsync()).ShouldBe(0);
        foreach (var job in jobs) await job.ResultAsync<object>(Patience);
        foreach (var job in jobs) (await job.ViewAsync()).Epoch.ShouldBe(1);
        await SiloProcess.UntilAsync(async () => await ThreeSilos.ShownAsync(asked, id) is null);
        using var again = await asked.Http.PostAsync($"/api/silos/{id}/drain", null);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await stopped.StartAgainAsync();
        await ThreeSilos.SeesAsync(asked, 3);
    }

    [Fact]
    public async Task PausedSilo_IsShownAsSuspectAndNobodyWaitsForIt()
    {
        var (asked, paused) = (cluster.Silos[0], cluster.Silos[1]);
        var id = (await ThreeSilos.SeesAsync(paused, 3))[0].Id;
        await ThreeSilos.SeesAsync(asked, 3);
        paused.Pause();
        try
        {
            var slowest = TimeSpan.Zero;
            await SiloProcess.UntilAsync(async () =>
            {
                var started = Stopwatch.GetTimestamp();
                var silo = await ThreeSilos.ShownAsync(asked, id);
                if (Stopwatch.GetElapsedTime(started) is var took && took > slowest) slowest = took;
                return silo!.Status == "suspect";
            });
            slowest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
            using var health = await asked.Http.GetAsync("/health/ready");
            health.StatusCode.ShouldBe(HttpStatusCode.OK); // its own health
            (await health.Content.ReadAsStringAsync()).ShouldContain(id);
        }
        finally
        {
            paused.Resume();
        }

        await ThreeSilos.SeesAsync(paused, 3);
        await ThreeSilos.SeesAsync(asked, 3);
    }

    private static async Task<List<JobHandle>> SubmitAsync(SiloProcess silo, int count, double seconds)
    {
        var jobs = new List<JobHandle>();
        for (var i = 0; i < count; i++) jobs.Add(await silo.Client.SubmitAsync("sleep", new { seconds }));
        return jobs;
    }

    /// <summary>Waits until a job runs on a silo.</summary>
    private static async Task<JobId> RunsOnAsync(SiloProcess asked, string id)
    {
        JobId? found = null;
        await SiloProcess.UntilAsync(async () =>
        {
            await foreach (var job in asked.Client.JobsAsync(new JobFilter { Status = JobStatus.Running }))
            {
                if (job.Silo == id) found = job.Id;
            }

            return found is not null;
        });
        return found!.Value;
    }
}
