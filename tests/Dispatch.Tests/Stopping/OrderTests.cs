using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Stopping;

/// <summary>What an operator's drain does to what runs and waits, on a silo that stays up.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Drain_HandlerThatObeys_IsHandedBackAndRunsAgainUncountedOnceResumed()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = { ["Drain:Timeout"] = "0.2" } });
        var gate = silo.Stage.Gate("long");
        var job = await silo.SubmitAsync("long", new SubmitOptions { MaxAttempts = 1 });
        await gate.Entered;

        await OrderAsync(silo, SiloOrder.Drain);

        (await gate.Stopped).ShouldBe(StopReason.Draining);
        await Patience.UntilAsync(async () => (await job.ViewAsync()).Status == JobStatus.Queued, "it is handed back");
        var learnt = await silo.SubmitAsync("new-queue", new SubmitOptions { Queue = "learnt-while-draining" });
        silo.Stage.StartsOf("long").ShouldBe(1);
        gate.Open();
        (await OrderAsync(silo, SiloOrder.Resume)).Status.ShouldBe("active");
        var ended = await silo.EndAsync(job);
        (ended.Status, ended.Attempt, ended.Epoch).ShouldBe((JobStatus.Succeeded, 1, 2));
        (await silo.EndAsync(learnt)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Drain_HandlerThatIgnoresItsStop_RunsOnAndIsNotHandedBack()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = { ["Drain:Timeout"] = "0.2" } });
        var gate = silo.Stage.Gate("long", obeys: false);
        var job = await silo.SubmitAsync("long");
        await gate.Entered;
        var silos = await OrderAsync(silo, SiloOrder.Drain);
        (silos.Status, silos.Running).ShouldBe(("draining", 1));
        (await gate.Stopped).ShouldBe(StopReason.Draining);
        var queued = await silo.SubmitAsync("queued");

        gate.Open();

        var ended = await silo.EndAsync(job);
        (ended.Status, ended.Epoch).ShouldBe((JobStatus.Succeeded, 1));
        silo.Stage.StartsOf("queued").ShouldBe(0);
        await OrderAsync(silo, SiloOrder.Resume);
        (await silo.EndAsync(queued)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Resume_WhileADrainWaits_LeavesWhatRunsAlone()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = { ["Drain:Timeout"] = "60" } });
        var gate = silo.Stage.Gate("long");
        var job = await silo.SubmitAsync("long");
        await gate.Entered;
        await OrderAsync(silo, SiloOrder.Drain);

        await OrderAsync(silo, SiloOrder.Resume);
        var other = await silo.SubmitAsync("other");

        (await silo.EndAsync(other)).Status.ShouldBe(JobStatus.Succeeded);
        gate.Stopped.IsCompleted.ShouldBeFalse();
        gate.Open();
        (await silo.EndAsync(job)).Epoch.ShouldBe(1);
    }

    [Fact]
    public async Task Order_ForASiloThatIsNotThere_IsNotFound()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions());

        (await Should.ThrowAsync<JobSystemException>(() => silo.Transport.OrderSiloAsync("nobody", SiloOrder.Drain, CancellationToken.None))).Code.ShouldBe(ErrorCodes.NotFound);
    }

    private static async Task<SiloView> OrderAsync(TestSilo silo, SiloOrder order)
    {
        var name = (await silo.Transport.SilosAsync(CancellationToken.None)).Single().Name!; // the name is enough where one silo has it
        return await silo.Transport.OrderSiloAsync(name, order, CancellationToken.None);
    }
}
