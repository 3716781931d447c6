using System.Diagnostics;
using System.Globalization;
using Molino.Bench;
using Molino.Client;

namespace Molino.PeerDriver;

/// <summary>Answers the harness: our .NET client over HTTP.</summary>
internal sealed class Driver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MolinoClient _client;
    private readonly HttpClient _http;
    private int _next;

    public Driver(string url)
    {
        _client = new MolinoClient(new MolinoClientOptions { Url = url, FirstRetryFor = TimeSpan.Zero });
        _http = new HttpClient { BaseAddress = new Uri(url) };
    }

    /// <summary>Does what is asked.</summary>
    /// <exception cref="ArgumentException">The operation is unknown.</exception>
    public async Task<Dictionary<string, object>> AnswerAsync(Request request)
    {
        var answer = new Dictionary<string, object>(StringComparer.Ordinal);
        switch (request.Op)
        {
            case "ping":
                await _http.GetStringAsync("/health/live");
                break;
            case "done":
                answer["n"] = await FinishedAsync();
                break;
            case "census":
                answer["queues"] = (await _client.Transport.QueuesAsync(CancellationToken.None)).Select(queue => new { queue.Name, queue.Queued, queue.Running, queue.Failed });
                break;
            case "enqueue":
                answer["elapsed"] = await EnqueueAsync(request);
                answer["note"] = request.Mode == "batch" ? "POST /api/jobs/batch of 1000, awaited" : "POST /api/jobs, awaited";
                break;
            case "produce":
                var started = Stopwatch.GetTimestamp();
                var produced = 0;
                for (; Stopwatch.GetElapsedTime(started).TotalSeconds < request.Seconds; produced++) await SubmitAsync(NoopJobs.One(_next++));
                answer["n"] = produced;
                answer["elapsed"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
                break;
            case "latency":
                answer["ms"] = await RoundTrips.OneAtATimeAsync(_client, request.N);
                answer["note"] = "POST /api/jobs?wait";
                break;
            case "load":
                var samples = await RoundTrips.OpenLoopAsync(_client, request.Rate, TimeSpan.FromSeconds(request.Seconds));
                answer["ms"] = samples;
                answer["missing"] = (int)(request.Rate * request.Seconds) - samples.Count;
                break;
            case "schedule":
                await ScheduleAsync(request);
                break;
            default:
                throw new ArgumentException($"Unknown operation '{request.Op}'.", nameof(request));
        }

        return answer;
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    /// <summary>Between the silo that held the store and the one that works, and after a kill, nobody answers for a moment.</summary>
    private async Task<long> FinishedAsync()
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return long.Parse(await _http.GetStringAsync("/bench/finished"), CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task<double> EnqueueAsync(Request request)
    {
        var batch = new List<JobSubmission>(NoopJobs.BatchSize);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < request.N; i++)
        {
            var job = request.Task == "nap" ? Job("nap", new { i = _next++, secs = request.Secs }) : NoopJobs.One(_next++, request.Task);
            if (request.Mode != "batch")
            {
                await SubmitAsync(job);
                continue;
            }

            batch.Add(job);
            if (batch.Count < NoopJobs.BatchSize && i < request.N - 1) continue;
            await _client.Transport.SubmitBatchAsync(batch, CancellationToken.None);
            batch.Clear();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task ScheduleAsync(Request request)
    {
        for (var i = 0; i < request.N; i++)
        {
            var due = DateTimeOffset.UtcNow.AddSeconds(request.Min + ((request.Max - request.Min) * i / request.N));
            await SubmitAsync(Job("due", new { i, when = (due - DateTimeOffset.UnixEpoch).TotalSeconds }) with { RunAt = due });
        }
    }

    private static JobSubmission Job<T>(string type, T args) => new() { Type = type, Args = RawJson.From(args) };

    private Task<SubmitAnswer> SubmitAsync(JobSubmission job) => _client.Transport.SubmitAsync(job, TimeSpan.Zero, CancellationToken.None);
}
