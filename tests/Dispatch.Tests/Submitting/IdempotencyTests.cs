using Molino.Client;
using Molino.Core;

namespace Molino.Dispatch.Tests.Submitting;

/// <summary>Idempotency keys.</summary>
public sealed class IdempotencyTests
{
    private static readonly SubmitOptions Keyed = new() { IdempotencyKey = "order-17" };

    [Fact]
    public async Task Key_SameContent_AnswersTheFirstJob()
    {
        await using var silo = await TestSilo.StartAsync();
        var first = await silo.SubmitAsync("a", Keyed);
        await silo.EndAsync(first);

        var second = await silo.SubmitAsync("a", Keyed);

        second.Id.ShouldBe(first.Id);
        (first.IsDuplicate, second.IsDuplicate).ShouldBe((false, true));
        silo.Stage.StartsOf("a").ShouldBe(1);
    }

    [Fact]
    public async Task Key_OtherContent_IsAConflict()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.SubmitAsync("a", Keyed);

        (await TestSilo.CodeAsync(() => silo.SubmitAsync("b", Keyed))).ShouldBe(ErrorCodes.IdempotencyConflict);
        (await TestSilo.CodeAsync(() => silo.SubmitAsync("a", Keyed with { Priority = 9 }))).ShouldBe(ErrorCodes.IdempotencyConflict);
        silo.Stage.StartsOf("b").ShouldBe(0);
    }

    [Fact]
    public async Task Key_OfAnotherType_IsAnotherKey()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Molino = molino => molino.AddJob<ActHandler>(name: "act.two") });
        var first = await silo.SubmitAsync("a", Keyed);

        var second = await silo.Client.SubmitAsync("act.two", new ActArgs("a"), Keyed);

        second.Id.ShouldNotBe(first.Id);
        second.IsDuplicate.ShouldBeFalse();
    }

    [Fact]
    public async Task Key_ConcurrentSubmits_MakeOneJob()
    {
        await using var silo = await TestSilo.StartAsync();

        var jobs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => silo.SubmitAsync("a", Keyed))));

        jobs.Select(job => job.Id).Distinct().Count().ShouldBe(1);
        jobs.Count(job => !job.IsDuplicate).ShouldBe(1);
        await silo.EndAsync(jobs[0]);
        silo.Stage.StartsOf("a").ShouldBe(1);
    }

    [Fact]
    public async Task Key_TwiceInOneBatch_MakesOneJob()
    {
        await using var silo = await TestSilo.StartAsync();
        var submission = Keyed.ToSubmission("act", RawJson.From(new ActArgs("a")));

        var ids = await silo.Transport.SubmitBatchAsync([submission, submission, submission with { IdempotencyKey = "other" }], CancellationToken.None);

        ids[0].ShouldBe(ids[1]);
        ids[2].ShouldNotBe(ids[0]);
        await silo.EndAsync(silo.Client.Job(ids[0]));
        await silo.EndAsync(silo.Client.Job(ids[2]));
        silo.Stage.StartsOf("a").ShouldBe(2);
    }

    [Fact]
    public async Task Key_ConflictInABatch_RollsAllOfItBack()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.SubmitAsync("a", Keyed);
        var conflict = Keyed.ToSubmission("act", RawJson.From(new ActArgs("b")));
        var plain = new SubmitOptions { Hold = true }.ToSubmission("act", RawJson.From(new ActArgs("plain")));

        (await TestSilo.CodeAsync(() => silo.Transport.SubmitBatchAsync([plain, conflict, plain], CancellationToken.None))).ShouldBe(ErrorCodes.IdempotencyConflict);
        var each = await silo.Transport.SubmitEachAsync([plain, conflict, plain], CancellationToken.None);

        each[1].Error!.Code.ShouldBe(ErrorCodes.IdempotencyConflict);
        each.Count(answer => answer.Id is not null).ShouldBe(2);
        (await silo.Client.QueueAsync("default")).Waiting.ShouldBe(2); // of the second call only
    }

    [Fact]
    public async Task Key_AcrossARestart_IsKept()
    {
        using var folder = new TestFolder();
        JobId id;
        await using (var before = await TestSilo.StartAsync(new SiloOptions { Folder = folder }))
        {
            id = (await before.SubmitAsync("a", Keyed)).Id;
            await before.EndAsync(before.Client.Job(id));
        }

        await using var after = await TestSilo.StartAsync(new SiloOptions { Folder = folder });

        (await after.SubmitAsync("a", Keyed)).Id.ShouldBe(id);
        (await TestSilo.CodeAsync(() => after.SubmitAsync("b", Keyed))).ShouldBe(ErrorCodes.IdempotencyConflict);
        after.Stage.Started.ShouldBeEmpty();
    }
}
