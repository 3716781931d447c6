using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Molino.Chaos.Silo;
using Molino.Client;

namespace Molino.Chaos;

/// <summary>A client that does not give up: a submit without an answer is sent again, with its key, to any silo. All that it does and sees goes into the history.</summary>
internal sealed class JobClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<SiloNode> _nodes;
    private readonly HistoryLog _history;
    private readonly HttpClient[] _http;
    private readonly ConcurrentQueue<string> _jobs = new();

    public JobClient(IReadOnlyList<SiloNode> nodes, HistoryLog history)
    {
        _nodes = nodes;
        _history = history;
        _http = [.. nodes.Select(node => new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { BaseAddress = node.Url, Timeout = TimeSpan.FromSeconds(3) })];
    }

    /// <summary>Jobs that were acknowledged, oldest first.</summary>
    public IReadOnlyCollection<string> Jobs => _jobs;

    /// <summary>Submits until it is acknowledged, or refused for another reason than that the store is away.</summary>
    /// <returns>The job; null when it was refused.</returns>
    public async Task<string?> SubmitAsync(string key, JobPlan plan, Random random)
    {
        while (true)
        {
            switch (await TrySubmitAsync(key, plan, random.Next(_nodes.Count)))
            {
                case HistoryEntry.Acknowledged acknowledged:
                    _jobs.Enqueue(acknowledged.Job);
                    return acknowledged.Job;
                case HistoryEntry.Unanswered { Status: not (0 or (int)HttpStatusCode.ServiceUnavailable) }:
                    return null;
                default:
                    await Task.Delay(Pause);
                    break;
            }
        }
    }

    /// <summary>Asks to cancel a job; whether that is answered does not matter.</summary>
    public async Task CancelAsync(string job, int node)
    {
        _history.Add(new HistoryEntry.CancelAsked(Moment.Now, job, _nodes[node].Number));
        await AnswerOrNullAsync(() => _http[node].PostAsync($"/api/jobs/{job}/cancel", content: null), static answer => Task.FromResult<HttpResponseMessage?>(answer));
    }

    /// <summary>Reads a job; a silo that does not answer leaves no trace.</summary>
    /// <returns>Whether it answered.</returns>
    public async Task<bool> ReadAsync(string job, int node, bool final = false)
    {
        var sent = Moment.Now;
        var seen = await AnswerOrNullAsync(() => _http[node].GetAsync($"/api/jobs/{job}"), async answer =>
        {
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                return new HistoryEntry.Seen(Moment.Now, sent, job, _nodes[node].Number, null, null, answer.StatusCode.ToString(), final);
            if (!answer.IsSuccessStatusCode) return null;
            var view = (await answer.Content.ReadFromJsonAsync<JobView>(MolinoJson.Results))!;
            var run = view.Result is { } result ? JsonSerializer.Deserialize<WorkResult>(result.ToString()!, JsonSerializerOptions.Web)!.Run : null;
            return new HistoryEntry.Seen(Moment.Now, sent, job, _nodes[node].Number, view.Status, run, view.Error?.Type, final);
        });
        if (seen is not null) _history.Add(seen);
        return seen is not null;
    }

    /// <summary>Whether no queue has anything to do.</summary>
    public async Task<bool> IsIdleAsync(int node)
    {
        var queues = await AnswerOrNullAsync(() => _http[node].GetAsync("/api/queues"), async answer =>
            answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<List<QueueView>>(MolinoJson.Results) : null);
        return queues is not null && queues.All(queue => queue is { Queued: 0, Scheduled: 0, Running: 0 });
    }

    /// <summary>Reads the whole event log.</summary>
    public async Task ReadEventsAsync(int node)
    {
        var after = "0";
        while (true)
        {
            var page = (await _http[node].GetFromJsonAsync<EventListView>($"/api/events/poll?after={after}&limit=1000", MolinoJson.Results))!;
            if (page.Reset) throw new InvalidOperationException($"The event log was reset at {after}.");
            if (page.Events.Count == 0) return;
            foreach (var e in page.Events)
            {
                var number = long.Parse(e.Id.AsSpan(e.Id.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
                _history.Add(new HistoryEntry.Logged(Moment.Now, number, e.Job.ToString(), e.Kind, e.Status, e.Attempt, e.Queue, e.Silo));
            }

            after = page.Next;
        }
    }

    public void Dispose()
    {
        foreach (var http in _http) http.Dispose();
    }

    private async Task<HistoryEntry> TrySubmitAsync(string key, JobPlan plan, int node)
    {
        var sent = Moment.Now;
        var number = _nodes[node].Number;
        _history.Add(new HistoryEntry.Sent(sent, key, plan, number));
        var outcome = await SendAsync();
        _history.Add(outcome);
        return outcome;

        async Task<HistoryEntry> SendAsync()
        {
            try
            {
                using var answer = await _http[node].PostAsJsonAsync("/api/jobs", Body(key, plan));
                return answer.IsSuccessStatusCode
                    ? new HistoryEntry.Acknowledged(Moment.Now, sent, key, (await answer.Content.ReadFromJsonAsync<JobView>(MolinoJson.Results))!.Id.ToString(), number)
                    : new HistoryEntry.Unanswered(Moment.Now, key, number, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
            }
            catch (Exception error) when (IsNoAnswer(error))
            {
                return new HistoryEntry.Unanswered(Moment.Now, key, number, 0, error.Message);
            }
        }
    }

    private static object Body(string key, JobPlan plan) => new
    {
        type = WorkArgs.TypeName,
        args = new { milliseconds = plan.Milliseconds, fails = plan.Fails },
        queue = plan.Queue,
        priority = plan.Priority,
        idempotencyKey = key,
        maxAttempts = JobPlan.MaxAttempts,
        delay = plan.DelayMilliseconds / 1000.0,
        retry = new { first = 0.05, max = 0.2 },
    };

    private static async Task<T?> AnswerOrNullAsync<T>(Func<Task<HttpResponseMessage>> call, Func<HttpResponseMessage, Task<T?>> read)
        where T : class
    {
        try
        {
            using var answer = await call();
            return await read(answer);
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return null;
        }
    }

    private static bool IsNoAnswer(Exception error) => error is HttpRequestException or OperationCanceledException or IOException;
}
