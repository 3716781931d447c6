using System.Net;
using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api.Tests;

public sealed class JobCallsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Submit_answers_202_with_location_and_job()
    {
        using var response = await host.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"echo","args":{"a":[1,"é"]}}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = await response.JsonAsync();
        response.Headers.Location!.ToString().ShouldBe($"/api/jobs/{job["id"]}");
        ((string?)job["status"]).ShouldBe("queued");
        ((string?)job["createdAt"]).ShouldBe("2026-01-31T12:00:00Z");
        job["args"]!.ToJsonString().ShouldBe(JsonNode.Parse("""{"a":[1,"é"]}""")!.ToJsonString());
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData(true, JobStatus.Running, HttpStatusCode.OK)]
    [InlineData(false, JobStatus.Succeeded, HttpStatusCode.OK)]
    [InlineData(false, JobStatus.Failed, HttpStatusCode.OK)]
    [InlineData(false, JobStatus.Running, HttpStatusCode.Accepted)]
    public async Task Submit_status_tells_duplicates_and_ends(bool duplicate, JobStatus status, HttpStatusCode expected)
    {
        await using var own = await ApiHost.StartAsync();
        own.Transport.OnSubmit = submission => new SubmitAnswer(own.Transport.NewJob("noop", submission.Args) with { Status = status }, duplicate);
        using var response = await own.Client.PostAsync("/api/jobs?wait=0.01", Answer.Json("""{"type":"noop"}"""));
        response.StatusCode.ShouldBe(expected);
        response.Headers.Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task Batch_answers_ids_in_order()
    {
        using var response = await host.Client.PostAsync("/api/jobs/batch", Answer.Json("""[{"type":"noop"},{"type":"noop"},{"type":"echo"}]"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.JsonAsync())["ids"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Batch_each_for_itself_answers_in_order()
    {
        using var response = await host.Client.PostAsync(
            "/api/jobs/batch?atomic=false", Answer.Json("""[{"type":"noop"},{"type":"noop","colour":1},{"type":"noop"},7,{"type":"noop","dependsOn":["x"]}]"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var items = (await response.JsonAsync()).AsArray();
        items.Count.ShouldBe(5);
        items[0]!["id"].ShouldNotBeNull();
        ((string?)items[1]!["error"]!["code"]).ShouldBe("invalid_job");
        items[1]!["error"]!["errors"]!.AsObject().ShouldContainKey("colour");
        items[2]!["id"].ShouldNotBeNull();
        items[3]!["error"]!["errors"]!.AsObject().ShouldContainKey("body");
        ((string?)items[4]!["error"]!["code"]).ShouldBe("not_available");
    }

    [Fact]
    public async Task List_passes_the_filter_on()
    {
        await using var own = await ApiHost.StartAsync();
        using var response = await own.Client.GetAsync(
            "/api/jobs?status=running&queue=default&type=echo&tag=a%20b&q=ec&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00+01:00&limit=7&cursor=c");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        own.Transport.Calls.OfType<JobFilter>().Single().ShouldBe(new JobFilter
        {
            Status = JobStatus.Running,
            Queue = "default",
            Type = "echo",
            Tag = "a b",
            Prefix = "ec",
            From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero),
            Limit = 7,
            Cursor = "c",
        });
    }

    [Fact]
    public async Task List_empty_parameters_count_as_absent()
    {
        using var response = await host.Client.GetAsync("/api/jobs?status=&queue=&limit=&from=&");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Actions_reach_the_transport()
    {
        await using var own = await ApiHost.StartAsync();
        var id = own.Transport.AddJob();
        (await own.Client.SendAsync("PATCH", $"/api/jobs/{id}", """{"priority":9,"dueAt":"2026-02-01T00:00:00Z"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.Client.SendAsync("POST", $"/api/jobs/{id}/release")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await own.Client.SendAsync("POST", $"/api/jobs/{id}/release", "{}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await own.Client.SendAsync("POST", $"/api/jobs/{id}/retry", """{"args":{"b":2}}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await own.Client.SendAsync("POST", $"/api/jobs/{id}/retry")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await own.Client.SendAsync("POST", $"/api/jobs/{id}/cancel", """{"reason":"enough"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        own.Transport.Calls.ShouldBe([
            new JobUpdate { Priority = 9, DueAt = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) }, "release", "release", RawJson.Parse("""{"b":2}"""), null, "enough"]);
    }

    [Fact]
    public async Task Log_and_lists_are_answered()
    {
        var id = host.Transport.AddJob();
        var log = await (await host.Client.GetAsync($"/api/jobs/{id}/log?after=4294967297&limit=10")).JsonAsync();
        ((long?)log["next"]).ShouldBe(4294967298);
        foreach (var path in (string[])["/api/queues", "/api/types", "/api/pools", "/api/silos"])
            (await (await host.Client.GetAsync(path)).JsonAsync()).AsArray().Count.ShouldBe(1);
        ((bool?)(await (await host.Client.SendAsync("POST", "/api/queues/default/pause")).JsonAsync())["paused"]).ShouldBe(true);
        ((bool?)(await (await host.Client.SendAsync("POST", "/api/queues/default/resume")).JsonAsync())["paused"]).ShouldBe(false);
    }

    [Fact]
    public async Task Path_base_moves_everything()
    {
        await using var own = await ApiHost.StartAsync(("Http:PathBase", "/mill"));
        using var response = await own.Client.PostAsync("/mill/api/jobs", Answer.Json("""{"type":"noop"}"""));
        response.Headers.Location!.ToString().ShouldStartWith("/mill/api/jobs/");
        (await own.Client.GetAsync("/mill/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
