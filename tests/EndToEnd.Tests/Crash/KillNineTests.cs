using System.Collections.Concurrent;
using System.Diagnostics;
using Molino.Client;
using Molino.Core;

namespace Molino.EndToEnd.Tests.Crash;

/// <summary>Promises P1 to P3 on one silo: it is killed with -9 five times while clients submit, and nothing is lost or decided twice.</summary>
public sealed class KillNineTests(ITestOutputHelper output)
{
    private const int Jobs = 2000;
    private const int Clients = 8;
    private const int Kills = 5;

    [Theory]
    [InlineData(20260131)]
    public async Task FiveKills_UnderLoad_EveryAcknowledgedJobEndsOnce(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var silo = await SiloProcess.StartAsync();
        var acknowledged = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var submitting = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SubmitAsync(silo, client, acknowledged)));
        for (var kill = 0; kill < Kills; kill++)
        {
            var after = Jobs * (kill + 1) / (Kills + 2) + random.Next(Jobs / 20);
            await SiloProcess.UntilAsync(() => Task.FromResult(acknowledged.Count >= after));
            await silo.KillAsync();
            await silo.StartAgainAsync();
        }

        await submitting;
        acknowledged.Count.ShouldBe(Jobs);

        var ended = Stopwatch.GetTimestamp();
        using var client = silo.Client;
        await SiloProcess.UntilAsync(async () =>
        {
            var queue = await client.QueueAsync("default");
            return queue is { Queued: 0, Scheduled: 0, Running: 0 };
        });
        output.WriteLine($"{Jobs} acknowledged, {Kills} kills; the rest ran in {Stopwatch.GetElapsedTime(ended).TotalSeconds:0.0} s");
        await CheckAsync(client, acknowledged.Values);
    }

    private static async Task SubmitAsync(SiloProcess silo, int client, ConcurrentDictionary<string, string> acknowledged)
    {
        using var http = new HttpClient { BaseAddress = silo.Url };
        var submitter = new Submitter(http, acknowledged);
        for (var i = client; i < Jobs; i += Clients)
        {
            var key = $"job-{i}";
            await ((i % 4) switch
            {
                0 => submitter.SubmitAsync(key, new { seconds = 0.05 }, "sleep"),
                1 => submitter.SubmitAsync(key, new { message = "once", times = 1 }, "fail"),
                2 => submitter.SubmitAsync(key, new { i }, "echo"),
                _ => submitter.SubmitAsync(key, new { }, "noop"),
            });
        }
    }

    private async Task CheckAsync(MolinoClient client, IEnumerable<string> ids)
    {
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        var ran = 0;
        foreach (var id in ids)
        {
            JobId.TryParse(id, out var job).ShouldBeTrue();
            var view = await client.Job(job).ViewAsync();
            view.IsTerminal.ShouldBeTrue($"{id} is {view.Status}");
            var outcome = view.Error is { } error ? $"{view.Status} ({error.Type})" : $"{view.Status}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            ran += view.Epoch;
        }

        var ends = await CountEndsAsync(client);
        foreach (var id in ids) ends.GetValueOrDefault(id).ShouldBe(1, $"{id} reached a terminal state {ends.GetValueOrDefault(id)} times");
        foreach (var (outcome, count) in outcomes) output.WriteLine($"{count,6} {outcome}");
        output.WriteLine($"{ran,6} leases in all; 0 lost, 0 ended twice");
        outcomes.Keys.ShouldAllBe(outcome => outcome == "Succeeded" || outcome.StartsWith("Failed (CrashLoop", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, int>> CountEndsAsync(MolinoClient client)
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        var cursor = "0:0";
        while (true)
        {
            var page = await client.Transport.ReadEventsAsync(cursor, 1000, null, TimeSpan.Zero, CancellationToken.None);
            page.Reset.ShouldBeFalse();
            if (page.Events.Count == 0) return ends;
            foreach (var e in page.Events.Where(e => e.Status.IsTerminal()))
                ends[e.Job.ToString()] = ends.GetValueOrDefault(e.Job.ToString()) + 1;
            cursor = page.Next;
        }
    }
}
