using System.Text;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Reporting;

/// <summary>What a handler says and keeps: progress, log, results, effects, state, children.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Progress_ReportedOften_IsStoredAFewTimesASecondAndTheLastAlways()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("busy", async (context, _) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
            {
                context.Report(TimeProvider.System.GetElapsedTime(began).TotalSeconds / 2, "on the way");
                await Task.Yield();
            }

            context.Report(7, "done", new { Rows = 3 });
            return null;
        });
        var ended = await silo.RunAsync("busy");
        var events = await silo.Transport.ReadEventsAsync("0:0", 1000, ended.Id, TimeSpan.Zero, CancellationToken.None);

        var reports = events.Events.Where(one => one.Kind == JobEventKind.Progressed).ToList();
        var seconds = (ended.FinishedAt!.Value - ended.StartedAt!.Value).TotalSeconds;
        reports.Count.ShouldBeInRange(1, (int)(seconds * 5) + 2);
        reports[^1].Fraction.ShouldBe(1);
        ended.Progress!.Fraction.ShouldBe(1);
        ended.Progress.Message.ShouldBe("done");
        ended.Progress.Data!.Value.ToString().ShouldBe("""{"rows":3}""");
    }

    [Fact]
    public async Task Log_WhileRunningAndAfterwards_IsReadInOrderAcrossAttempts()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate(obeys: true);
        silo.Stage.On("talks", async (context, stop) =>
        {
            context.Log($"begin {context.Attempt}");
            if (context.Attempt == 1) throw new InvalidOperationException("once");
            await gate.PassAsync(context, stop);
            context.Log("end");
            return null;
        });
        var job = await silo.SubmitAsync("talks");
        await gate.Entered;
        await Patience.UntilAsync(async () => (await silo.Transport.ReadLogAsync(job.Id, 0, 10, CancellationToken.None)).Lines.Count == 2, "lines are stored while it runs");
        gate.Open();
        var lines = new List<LogLine>();
        await foreach (var line in job.LogAsync(follow: true)) lines.Add(line);

        lines.Select(line => (line.Attempt, line.Text)).ShouldBe([(1, "begin 1"), (2, "begin 2"), (2, "end")]);
        lines.Select(line => line.Number).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(JobResult.MaxInlineBytes - 2)]
    [InlineData(JobResult.MaxInlineBytes - 1)]
    [InlineData(3_000_000)]
    public async Task Result_OfAnySize_ComesBackEqual(int length)
    {
        await using var silo = await TestSilo.StartAsync();
        var text = string.Create(length, 17, static (span, seed) =>
        {
            var random = new Random(seed);
            for (var i = 0; i < span.Length; i++) span[i] = (char)random.Next('a', 'z' + 1);
        });
        silo.Stage.On("text", (_, _) => Task.FromResult<string?>(text));
        var job = await silo.SubmitAsync("text");

        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe(text);

        (await job.ViewAsync()).Result.HasValue.ShouldBe(length + 2 <= JobResult.MaxInlineBytes);
        await using var opened = await job.OpenResultAsync();
        opened.MediaType.ShouldBe(JobResult.Json);
        using var reader = new StreamReader(opened.Content!);
        (await reader.ReadToEndAsync()).ShouldBe($"\"{text}\"");
    }

    [Fact]
    public async Task ResultItems_OfTheAcceptedAttempt_AreStreamedBack()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("rows", async (context, stop) =>
        {
            for (var part = 0; part < 5; part++)
            {
                var lines = string.Concat(Enumerable.Range(part * 100, 100).Select(i => $"[{context.Attempt},{i}]\n"));
                await context.AppendResultItemsAsync(Encoding.UTF8.GetBytes(lines), 100, stop);
            }

            return context.Attempt == 1 ? throw new InvalidOperationException("after the rows") : "500 rows";
        });
        var job = await silo.SubmitAsync("rows");
        (await job.ResultAsync<string>(Patience.Limit)).ShouldBe("500 rows");

        var all = await ReadAsync(0);
        all.ShouldBe(Enumerable.Range(0, 500).Select(i => $"[2,{i}]"));
        (await ReadAsync(250))[^1].ShouldBe("[2,499]");

        async Task<List<string>> ReadAsync(long from)
        {
            var lines = new List<string>();
            var next = (long?)null;
            await foreach (var chunk in silo.Transport.ReadResultItemsAsync(job.Id, from, CancellationToken.None))
            {
                if (next is { } expected) chunk.FirstItem.ShouldBe(expected);
                else chunk.FirstItem.ShouldBeLessThanOrEqualTo(from);
                next = chunk.FirstItem + chunk.Items;
                lines.AddRange(Encoding.UTF8.GetString(chunk.Data.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }

            return lines;
        }
    }

    [Fact]
    public async Task Effect_AcrossAFailedAttempt_HappensOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var effects = 0;
        silo.Stage.On("pays", async (context, stop) =>
        {
            var receipt = await context.EffectOnceAsync("pay", _ => Task.FromResult($"receipt {Interlocked.Increment(ref effects)}"), stop);
            return context.Attempt == 1 ? throw new InvalidOperationException("after the effect") : receipt;
        });

        (await (await silo.SubmitAsync("pays")).ResultAsync<string>(Patience.Limit)).ShouldBe("receipt 1");
        effects.ShouldBe(1);
    }

    [Fact]
    public async Task Effect_AskedForByManyAtOnce_HappensOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var effects = 0;
        silo.Stage.On("pays", async (context, stop) =>
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => context.EffectOnceAsync(
                "pay",
                async _ =>
                {
                    await Task.Yield();
                    return Interlocked.Increment(ref effects);
                },
                stop))));
            return string.Join(',', receipts.Distinct());
        });

        (await (await silo.SubmitAsync("pays")).ResultAsync<string>(Patience.Limit)).ShouldBe("1");
    }

    [Fact]
    public async Task State_SavedByAnAttempt_IsLoadedByTheNext()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Stage.On("resumes", async (context, stop) =>
        {
            var done = await context.LoadStateAsync<int>("done", stop);
            await context.SaveStateAsync("done", done + 10, stop);
            return done < 20 ? throw new InvalidOperationException("not yet") : $"from {done}";
        });

        (await (await silo.SubmitAsync("resumes")).ResultAsync<string>(Patience.Limit)).ShouldBe("from 20");
    }

    [Fact]
    public async Task Effect_OnceTheLeaseIsLost_IsNotKept()
    {
        await using var silo = await TestSilo.StartAsync();
        var outcome = new TaskCompletionSource<Exception?>();
        var gate = new Gate(obeys: false);
        silo.Stage.On("late", async (context, _) =>
        {
            if (silo.Stage.StartsOf("late") > 1) return null; // the run that has the lease now
            await gate.PassAsync(context, CancellationToken.None);
            outcome.TrySetResult(await Record.ExceptionAsync(() => context.SaveStateAsync("late", 1, CancellationToken.None)));
            return null;
        });
        await silo.SubmitAsync("late");
        await gate.Entered;
        await silo.Store.RecoverAsync(silo.Name, CancellationToken.None);
        gate.Open();

        (await outcome.Task.WaitAsync(Patience.Limit)).ShouldBeOfType<JobSystemException>().Code.ShouldBe(ErrorCodes.IllegalTransition);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    public async Task Child_SubmittedByEveryAttempt_IsOneJob(int keyLength)
    {
        await using var silo = await TestSilo.StartAsync();
        var key = new string('k', keyLength);
        silo.Stage.On("parent", async (context, stop) =>
        {
            var child = await context.SubmitChildAsync("act", new ActArgs("child"), key, stop);
            var other = await context.SubmitChildAsync("act", new ActArgs("child"), key[1..] + "x", stop);
            child.ShouldNotBe(other);
            return context.Attempt == 1 ? throw new InvalidOperationException("after the child") : child.ToString();
        });
        var parent = await silo.SubmitAsync("parent");

        JobId.TryParse(await parent.ResultAsync<string>(Patience.Limit), out var id).ShouldBeTrue();
        (await silo.EndAsync(silo.Client.Job(id))).Tags.ShouldBe([$"parent:{parent.Id}"]);
        await Patience.UntilAsync(() => silo.Stage.StartsOf("child") >= 2, "both children have run");
        silo.Stage.StartsOf("child").ShouldBe(2);
    }
}
