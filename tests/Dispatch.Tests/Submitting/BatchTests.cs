using Molino.Client;
using Molino.Core;

namespace Molino.Dispatch.Tests.Submitting;

/// <summary>Batches, holds.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task Batch_OfAThousand_RunsAllInOrder()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Concurrency = 1 });
        var batch = Enumerable.Range(0, 1000).Select(i => Job($"job{i}")).ToArray();

        var ids = await silo.Transport.SubmitBatchAsync(batch, CancellationToken.None);

        ids.Distinct().Count().ShouldBe(1000);
        foreach (var id in ids) (await silo.EndAsync(silo.Client.Job(id))).Status.ShouldBe(JobStatus.Succeeded);
        silo.Stage.Started.ShouldBe(Enumerable.Range(0, 1000).Select(i => $"job{i}"));
    }

    [Fact]
    public async Task Batch_WithOneBadItem_IsRefusedWholeAndNamesIt()
    {
        await using var silo = await TestSilo.StartAsync();

        var error = await Should.ThrowAsync<JobValidationException>(() =>
            silo.Transport.SubmitBatchAsync([Job("a"), Job("b") with { Priority = 11 }, Job("c")], CancellationToken.None));

        error.Code.ShouldBe(ErrorCodes.InvalidJob);
        error.Errors.Keys.ShouldBe(["[1].priority"]);
        (await CountAsync(silo)).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_EachOnItsOwn_AnswersPerItem()
    {
        await using var silo = await TestSilo.StartAsync();

        var answers = await silo.Transport.SubmitEachAsync([Job("a"), Job("b") with { Priority = 11 }, Job("c") with { Type = "nobody" }, Job("d")], CancellationToken.None);

        answers[1].Error!.Code.ShouldBe(ErrorCodes.InvalidJob);
        answers[1].Error!.Errors!.Keys.ShouldBe(["priority"]);
        answers[2].Error!.Code.ShouldBe(ErrorCodes.UnknownType);
        foreach (var i in new[] { 0, 3 }) (await silo.EndAsync(silo.Client.Job(answers[i].Id!.Value))).Status.ShouldBe(JobStatus.Succeeded);
        (await CountAsync(silo)).ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Batch_OfAWrongSize_IsRefused(int size)
    {
        await using var silo = await TestSilo.StartAsync();

        (await TestSilo.CodeAsync(() => silo.Transport.SubmitBatchAsync([.. Enumerable.Repeat(Job("a"), size)], CancellationToken.None))).ShouldBe(ErrorCodes.InvalidJob);
        var most = size == 0 ? 0 : 10_001;
        (await TestSilo.CodeAsync(() => silo.Transport.SubmitEachAsync([.. Enumerable.Repeat(Job("a"), most)], CancellationToken.None))).ShouldBe(ErrorCodes.InvalidJob);
        (await CountAsync(silo)).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_OfManyQueues_WakesEach()
    {
        await using var silo = await TestSilo.StartAsync();
        var queues = Enumerable.Range(0, 8).Select(i => $"q{i}").ToArray();

        var ids = await silo.Transport.SubmitBatchAsync([.. queues.Select(queue => Job(queue) with { Queue = queue, Delay = queue == "q3" ? TimeSpan.FromMilliseconds(100) : null })], CancellationToken.None);

        foreach (var id in ids) (await silo.EndAsync(silo.Client.Job(id))).Status.ShouldBe(JobStatus.Succeeded);
        silo.Stage.Started.Order(StringComparer.Ordinal).ShouldBe(queues);
        (await silo.Client.QueuesAsync()).Select(queue => queue.Name).ShouldBe(queues);
    }

    [Fact]
    public async Task Hold_UntilReleased_Waits()
    {
        await using var silo = await TestSilo.StartAsync();
        var held = await silo.SubmitAsync("held", new SubmitOptions { Hold = true });
        await silo.RunAsync("free");
        var view = await held.ViewAsync();
        (view.Status, view.WaitingFor).ShouldBe((JobStatus.Waiting, "hold"));
        silo.Stage.StartsOf("held").ShouldBe(0);

        await held.ReleaseAsync();

        (await silo.EndAsync(held)).Status.ShouldBe(JobStatus.Succeeded);
        (await TestSilo.CodeAsync(() => held.ReleaseAsync())).ShouldBe(ErrorCodes.IllegalTransition);
    }

    [Fact]
    public async Task Hold_WithADelay_IsScheduledWhenReleased()
    {
        await using var silo = await TestSilo.StartAsync();
        var held = await silo.SubmitAsync("held", new SubmitOptions { Hold = true, Delay = TimeSpan.FromHours(1) });

        (await held.ReleaseAsync()).Status.ShouldBe(JobStatus.Scheduled);
    }

    private static JobSubmission Job(string name) => new() { Type = "act", Args = RawJson.From(new ActArgs(name)) };

    private static async Task<int> CountAsync(TestSilo silo) =>
        (await silo.Transport.ListJobsAsync(new(), CancellationToken.None)).Items.Count;
}
