using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.EndToEnd.Tests.Cluster;

/// <summary>What callers see while a silo dies: answers, or a refusal that says when to try again; never an internal error.</summary>
public sealed class FailOverTests(ThreeSilos cluster, ITestOutputHelper output) : IClassFixture<ThreeSilos>
{
    private const int Queues = 12;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task KillNine_WhileCallsAreMade_AllSucceedWithinTenSecondsAndNothingFailsOtherwise()
    {
        await ThreeSilos.SeesAsync(cluster.First, 3);
        using var client = cluster.First.Client;
        var held = new List<JobHandle>();
        for (var i = 0; i < 60; i++) held.Add(await client.SubmitAsync("noop", new { }, new SubmitOptions { Hold = true, Queue = $"q{i % Queues}" }));
        var statuses = new ConcurrentDictionary<(HttpStatusCode Status, string Call), int>();

        await cluster.Silos[2].KillAsync();
        var calls = new List<Task<TimeSpan>>();
        for (var i = 0; i < held.Count; i++)
        {
            var silo = cluster.Silos[i % 2];
            calls.Add(DoneAsync(silo, HttpMethod.Post, $"/api/jobs/{held[i].Id}/cancel"));
            calls.Add(DoneAsync(silo, HttpMethod.Get, $"/api/jobs/{held[i].Id}?wait=5"));
        }

        for (var i = 0; i < Queues; i++)
        {
            calls.Add(DoneAsync(cluster.Silos[i % 2], HttpMethod.Post, $"/api/queues/q{i}/pause"));
            calls.Add(DoneAsync(cluster.Silos[i % 2], HttpMethod.Get, $"/api/queues/q{i}"));
            calls.Add(DoneAsync(cluster.Silos[i % 2], HttpMethod.Get, "/api/queues"));
        }

        var slowest = (await Task.WhenAll(calls)).Max();

        output.WriteLine($"{calls.Count} calls, the slowest took {slowest.TotalSeconds:0.0} s: {string.Join(", ", statuses.Select(pair => $"{pair.Key.Call} {(int)pair.Key.Status}: {pair.Value}"))}");
        statuses.Keys.ShouldAllBe(answer => (int)answer.Status < 500 || answer.Status == HttpStatusCode.ServiceUnavailable);
        slowest.ShouldBeLessThan(Limit);
        foreach (var job in held) (await job.ViewAsync()).Status.ShouldBe(JobStatus.Cancelled);
        (await client.QueuesAsync()).Where(queue => queue.Name.StartsWith('q')).ShouldAllBe(queue => queue.Paused);

        async Task<TimeSpan> DoneAsync(SiloProcess silo, HttpMethod method, string path)
        {
            var started = Stopwatch.GetTimestamp();
            while (true)
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await silo.Http.SendAsync(request);
                statuses.AddOrUpdate((answer.StatusCode, path.Split('/')[^1].Split('?')[0].Length > 20 ? "wait" : path.Split('/')[^1]), 1, static (_, count) => count + 1);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return Stopwatch.GetElapsedTime(started);
                (await answer.Content.ReadAsStringAsync()).ShouldContain("silo_unavailable");
                answer.Headers.RetryAfter.ShouldNotBeNull();
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
