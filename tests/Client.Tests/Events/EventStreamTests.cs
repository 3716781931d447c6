using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Molino.Core;

namespace Molino.Client.Tests;

public sealed class EventStreamTests : IAsyncLifetime
{
    private ContractServer _server = null!;
    private MolinoClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ContractServer.StartAsync();
        _client = new MolinoClient(new MolinoClientOptions { Url = _server.Url, StreamSilence = TimeSpan.FromMilliseconds(500) });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Stream_broken_goes_on_after_the_last_event()
    {
        // One event a connection, which breaks once the event was taken.
        using var taken = new SemaphoreSlim(0);
        _server.Intercept = context => StreamAsync(context, "/api/events", async last =>
        {
            await WriteAsync(context, Event(last + 1));
            await taken.WaitAsync();
            context.Abort();
        });
        (await TakeAsync(_client.EventsAsync(), 4, () => taken.Release())).ShouldBe(["1:1", "1:2", "1:3", "1:4"]);
        _server.Requests[0].Target.ShouldStartWith("/api/events/poll");
        _server.Requests.Skip(1).Select(request => request.Headers["Last-Event-ID"]).Take(3).ShouldBe(["1:0", "1:1", "1:2"]);
    }

    [Fact]
    public async Task Stream_silent_is_opened_anew()
    {
        var connections = 0;
        _server.Intercept = context => StreamAsync(context, "/api/events", async last =>
        {
            if (Interlocked.Increment(ref connections) == 1) await context.Response.WriteAsync(": hello\n\n");
            if (connections == 1) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else await WriteAsync(context, Event(last + 1));
        });
        (await TakeAsync(_client.EventsAsync(), 1)).ShouldBe(["1:1"]);
        connections.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Stream_reset_is_told_before_what_follows()
    {
        _server.Intercept = context => StreamAsync(context, "/api/events", async last =>
        {
            await context.Response.WriteAsync(": heartbeat\n\nid: 2:7\nevent: reset\ndata: {\"next\":\"2:7\"}\n\nevent: fromTheFuture\ndata: {}\n\n");
            await WriteAsync(context, Event(8));
        });
        var resets = 0;
        (await TakeAsync(_client.EventsAsync("1:5", () => resets++), 1)).ShouldBe(["1:8"]);
        resets.ShouldBe(1);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(200)]
    public async Task Stream_not_offered_is_replaced_by_polling(int status)
    {
        var next = 0;
        _server.Intercept = async context =>
        {
            if (context.Request.Path == "/api/events")
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = "text/html";
                return true;
            }

            next++;
            await ContractServer.WriteAsync(context, 200, new EventListView([Event(next)], $"1:{next}", false));
            return true;
        };
        (await TakeAsync(_client.EventsAsync("1:0"), 3)).ShouldBe(["1:1", "1:2", "1:3"]);
    }

    [Fact]
    public async Task Job_events_end_with_the_job()
    {
        var job = _server.Add("sleep");
        _server.Intercept = context => StreamAsync(context, $"/api/jobs/{job.View.Id}/events", async last =>
        {
            if (job.View.IsTerminal)
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = 204;
                return;
            }

            await WriteAsync(context, Event(last + 1) with { Job = job.View.Id });
            if (last == 2) ContractServer.Finish(job, JobStatus.Succeeded);
        });
        (await TakeAsync(_client.Job(job.View.Id).EventsAsync("1:0"), 100)).ShouldBe(["1:1", "1:2", "1:3"]);
    }

    [Fact]
    public async Task Watch_shows_the_job_until_it_ends()
    {
        var job = _server.Add("sleep");
        _server.Intercept = context => StreamAsync(context, $"/api/jobs/{job.View.Id}/events", async last =>
        {
            job.View = job.View with { Progress = new ProgressView(0.25 * (last + 1), "grinding", null) };
            if (last == 2) ContractServer.Finish(job, JobStatus.Succeeded);
            await WriteAsync(context, Event(last + 1) with { Job = job.View.Id });
        });
        var seen = new List<string>();
        await foreach (var view in _client.Job(job.View.Id).WatchAsync()) seen.Add($"{view.Status} {view.Progress?.Fraction}");
        seen.ShouldBe(["Running ", "Running 0.25", "Running 0.5", "Succeeded 0.75"]);
    }

    private static EventView Event(int number) => new()
    {
        Id = $"1:{number}",
        At = DateTimeOffset.UnixEpoch,
        Kind = JobEventKind.Progressed,
        Job = JobId.Create(DateTimeOffset.UnixEpoch, 1),
        Type = "sleep",
        Queue = "default",
        Status = JobStatus.Running,
        Version = number,
    };

    private static Task WriteAsync(HttpContext context, EventView view) =>
        context.Response.WriteAsync($"id: {view.Id}\nevent: progressed\ndata: {JsonSerializer.Serialize(view, MolinoJson.Options)}\n\n");

    private static async Task<bool> StreamAsync(HttpContext context, string path, Func<int, Task> write)
    {
        if (context.Request.Path != path) return false;
        context.Response.ContentType = "text/event-stream";
        await write(int.Parse(context.Request.Headers["Last-Event-ID"].ToString().Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        if (context.Response.StatusCode == 200 && !context.RequestAborted.IsCancellationRequested) await context.Response.Body.FlushAsync();
        return true;
    }

    private static async Task<List<string>> TakeAsync(IAsyncEnumerable<EventView> events, int count, Action? taken = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var ids = new List<string>();
        await foreach (var one in events.WithCancellation(limit.Token))
        {
            ids.Add(one.Id);
            taken?.Invoke();
            if (ids.Count == count) break;
        }

        return ids;
    }
}
