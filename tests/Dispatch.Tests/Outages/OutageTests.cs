using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Outages;

/// <summary>Promise P8: a store that refuses for a while loses nothing, shows in health and heals.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Outage_WhileHandlersReturn_KeepsTheirEndsAndStoresThemAfterwards()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        var gates = Enumerable.Range(0, 4).Select(i => silo.Stage.Gate($"job{i}")).ToArray();
        var jobs = new List<JobHandle>();
        for (var i = 0; i < gates.Length; i++) jobs.Add(await silo.SubmitAsync($"job{i}"));
        foreach (var gate in gates) await gate.Entered;

        silo.Faults().Refuses = true;
        foreach (var gate in gates) gate.Open();
        await Patience.UntilAsync(async () => await PoolAsync(silo) == "stalled", "health tells of the outage");
        await Patience.UntilAsync(() => silo.Stage.Now == 0, "all handlers have returned");
        (await silo.Transport.HealthAsync(CancellationToken.None)).Status.ShouldBe("not_ready");
        (await TestSilo.CodeAsync(() => silo.SubmitAsync("refused"))).ShouldBe(ErrorCodes.StoreUnavailable);
        (await jobs[0].ViewAsync()).Status.ShouldBe(JobStatus.Running);
        silo.Faults().Refuses = false;

        foreach (var job in jobs) (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("passed");
        for (var i = 0; i < gates.Length; i++) silo.Stage.StartsOf($"job{i}").ShouldBe(1);
        await Patience.UntilAsync(async () => await PoolAsync(silo) is null, "health tells of the healing");
        (await silo.RunAsync("after")).Status.ShouldBe(JobStatus.Succeeded);
        (await silo.Store.TotalsAsync(CancellationToken.None)).RefusedCompletions.ShouldBe(0);
    }

    [Fact]
    public async Task Outage_WithABacklog_LosesAndRepeatsNothing()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        var jobs = await silo.Client.SubmitManyAsync(Enumerable.Range(0, 400).Select(i => new ActArgs($"job{i}")));
        for (var outage = 0; outage < 3; outage++)
        {
            silo.Faults().Refuses = true;
            await Patience.UntilAsync(async () => await PoolAsync(silo) == "stalled", "the outage is noticed");
            silo.Faults().Refuses = false;
            await Patience.UntilAsync(async () => await PoolAsync(silo) is null, "the store is back");
        }

        foreach (var job in jobs) (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        silo.Stage.Started.Count.ShouldBe(400);
        silo.Stage.Started.Distinct().Count().ShouldBe(400);
    }

    [Fact]
    public async Task LostAnswers_OfLeasesAndEnds_CostNoJobAndNoAttempt()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions
        {
            Services = services => services.AddFaults(),
            Execution = times => times.Reconcile = TimeSpan.FromMilliseconds(200),
        });
        silo.Faults().AnswersLost = 3;
        var jobs = await silo.Client.SubmitManyAsync(Enumerable.Range(0, 40).Select(i => new ActArgs($"job{i}")), new SubmitOptions { MaxAttempts = 1 });

        foreach (var job in jobs) (await silo.EndAsync(job)).Status.ShouldBe(JobStatus.Succeeded);

        silo.Stage.Started.Count.ShouldBe(40); // what was leased unheard never started, and was handed back
        var views = await Task.WhenAll(jobs.Select(job => job.ViewAsync()));
        views.ShouldAllBe(view => view.Attempt == 1);
        views.ShouldContain(view => view.History != null && view.History[0].Outcome == AttemptOutcome.HandedBack);
    }

    [Fact]
    public async Task Outage_WhileALargeResultIsStored_KeepsTheResult()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        var content = (FaultyContentStore)silo.Services.GetRequiredService<IJobContentStore>();
        var large = new string('x', 200_000);
        silo.Stage.On("large", (context, _) =>
        {
            context.Log("a line that is lost with the outage");
            return Task.FromResult<string?>(large);
        });
        content.Refuses = true;
        var job = await silo.SubmitAsync("large", new SubmitOptions { MaxAttempts = 1 });
        await Patience.UntilAsync(() => content.Refused >= 2, "storing was tried twice");
        content.Refuses = false;

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe(large);
        silo.Stage.StartsOf("large").ShouldBe(1);
    }

    [Fact]
    public async Task Outage_OfTheContent_DoesNotHoldUpTimeLimitsOrEnds()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Services = services => services.AddFaults() });
        ((FaultyContentStore)silo.Services.GetRequiredService<IJobContentStore>()).Refuses = true;
        silo.Stage.On("chatty", async (context, stop) =>
        {
            context.Log("one");
            await Task.Delay(Timeout.Infinite, stop);
            return null;
        });
        var job = await silo.SubmitAsync("chatty", new SubmitOptions { SoftTimeLimit = TimeSpan.FromMilliseconds(500), TimeLimit = TimeSpan.FromSeconds(60), MaxAttempts = 1 });

        (await silo.EndAsync(job)).Error!.Type.ShouldBe(JobError.TimeLimitExceeded);
    }

    private static async Task<string?> PoolAsync(TestSilo silo) => (await silo.Transport.HealthAsync(CancellationToken.None)).Parts!["pool:default"].Code;
}
