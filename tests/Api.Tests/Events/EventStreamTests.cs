using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Core;

namespace Molino.Api.Tests;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ApiHost _host = new() { Configure = services => services.Configure<EventStreamOptions>(options => options.Heartbeat = TimeSpan.FromMilliseconds(100)) };
    private readonly List<EventView> _log = [];

    public async ValueTask InitializeAsync()
    {
        _host.Transport.OnEvents = after =>
        {
            lock (_log)
            {
                var from = after is null ? _log.Count : int.Parse(after.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
                var reset = after is not null && after[0] == '9';
                return new EventListView([.. _log.Skip(from).Take(3)], $"1:{Math.Min(_log.Count, from + 3)}", reset);
            }
        };
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Stream_from_the_oldest_gives_all_events_in_order()
    {
        for (var i = 0; i < 10; i++) Add(JobEventKind.Submitted, JobStatus.Queued);
        using var stream = await OpenAsync("/api/events?after=0:0");
        for (var i = 1; i <= 10; i++)
        {
            var happened = await stream.NextAsync();
            happened.Id.ShouldBe($"1:{i}");
            happened.Event.ShouldBe("submitted");
            ((string?)JsonNode.Parse(happened.Data)!["kind"]).ShouldBe("submitted");
        }
    }

    [Fact]
    public async Task Stream_without_cursor_gives_only_what_is_new()
    {
        Add(JobEventKind.Submitted, JobStatus.Queued);
        using var stream = await OpenAsync("/api/events");
        Add(JobEventKind.Leased, JobStatus.Running);
        (await stream.NextAsync()).Event.ShouldBe("leased");
    }

    [Fact]
    public async Task Stream_resumes_after_the_last_event_id()
    {
        for (var i = 0; i < 5; i++) Add(JobEventKind.Submitted, JobStatus.Queued);
        using var stream = await OpenAsync("/api/events?after=0:0", ("Last-Event-ID", "1:4"));
        (await stream.NextAsync()).Id.ShouldBe("1:5");
    }

    [Fact]
    public async Task Stream_filter_leaves_other_kinds_out_and_moves_the_cursor_on()
    {
        using var stream = await OpenAsync("/api/events?after=0:0&types=succeeded,attemptFailed");
        Add(JobEventKind.Submitted, JobStatus.Queued);
        Add(JobEventKind.Leased, JobStatus.Running);
        await stream.UntilAsync(line => line == "id: 1:2");
        Add(JobEventKind.Succeeded, JobStatus.Succeeded);
        (await stream.NextAsync()).Id.ShouldBe("1:3");
    }

    [Fact]
    public async Task Stream_whose_place_is_gone_says_reset()
    {
        for (var i = 0; i < 2; i++) Add(JobEventKind.Submitted, JobStatus.Queued);
        using var stream = await OpenAsync("/api/events?after=9:1");
        var reset = await stream.NextAsync();
        reset.Event.ShouldBe("reset");
        ((string?)JsonNode.Parse(reset.Data)!["next"]).ShouldBe("1:2");
        (await stream.NextAsync()).Id.ShouldBe("1:2");
    }

    [Fact]
    public async Task Idle_stream_is_kept_alive()
    {
        using var stream = await OpenAsync("/api/events");
        for (var i = 0; i < 3; i++) await stream.UntilAsync(line => line == ": heartbeat");
    }

    [Fact]
    public async Task Stream_ends_when_the_host_stops()
    {
        using var stream = await OpenAsync("/api/events");
        _host.BeginStop();
        (await stream.ReadToEndAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Error_before_the_stream_is_a_problem()
    {
        _host.Transport.Fault = new JobSystemException(ErrorCodes.StoreUnavailable, "It does not answer.");
        await (await _host.Client.GetAsync("/api/events")).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "store_unavailable");
    }

    [Fact]
    public async Task Job_stream_ends_with_the_job_and_tells_browsers_to_stay_away()
    {
        var id = _host.Transport.AddJob();
        Add(JobEventKind.Submitted, JobStatus.Queued);
        Add(JobEventKind.Leased, JobStatus.Running);
        Add(JobEventKind.Succeeded, JobStatus.Succeeded);
        using var stream = await OpenAsync($"/api/jobs/{id}/events");
        (await stream.NextAsync()).Event.ShouldBe("submitted");
        (await stream.NextAsync()).Event.ShouldBe("leased");
        (await stream.NextAsync()).Event.ShouldBe("succeeded");
        (await stream.ReadToEndAsync()).ShouldBeTrue();
        var ended = _host.Transport.AddJob(JobStatus.Succeeded);
        using var again = await _host.Client.SendAsync("GET", $"/api/jobs/{ended}/events", null, ("Last-Event-ID", "1:3"));
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Poll_gives_pages_and_the_next_cursor()
    {
        for (var i = 0; i < 4; i++) Add(i % 2 == 0 ? JobEventKind.Submitted : JobEventKind.Leased, JobStatus.Queued);
        var page = await (await _host.Client.GetAsync("/api/events/poll?after=0&limit=3&types=leased")).JsonAsync();
        page["events"]!.AsArray().Count.ShouldBe(1);
        ((string?)page["next"]).ShouldBe("1:3");
        ((bool?)page["reset"]).ShouldBe(false);
    }

    private void Add(JobEventKind kind, JobStatus status)
    {
        lock (_log)
        {
            _log.Add(new EventView
            {
                Id = $"1:{_log.Count + 1}",
                At = RecordedTransport.Noon,
                Kind = kind,
                Job = JobId.Create(RecordedTransport.Noon, 1),
                Type = "echo",
                Queue = "default",
                Status = status,
                Version = 1,
            });
        }
    }

    private Task<EventReader> OpenAsync(string path, params (string Name, string Value)[] headers) => EventReader.OpenAsync(_host.Client, path, headers);
}
