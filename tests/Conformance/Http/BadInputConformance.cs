using System.Globalization;
using System.Net;

namespace Molino.Conformance.Http;

/// <summary>What every call refuses (contract, "Rules for every call").</summary>
public abstract class BadInputConformance(IApiUnderTest api) : ApiSuite(api)
{
    private const string UnknownId = "06fky2m4a0r8vq3t5x7z9b1c2d";

    public static TheoryData<string, string, string> InvalidSubmits => new()
    {
        { """{"type":"noop","colour":"red"}""", "colour", "invalid_job" },
        { """{"type":"noop","Type":"noop"}""", "Type", "invalid_job" },
        { """{"type":"noop","type":"noop"}""", "type", "invalid_job" },
        { """{"type":7}""", "type", "invalid_job" },
        { """{"type":"noop","queue":[]}""", "queue", "invalid_job" },
        { """{"type":"noop","priority":"high"}""", "priority", "invalid_job" },
        { """{"type":"noop","priority":5.5}""", "priority", "invalid_job" },
        { """{"type":"noop","priority":99999999999}""", "priority", "invalid_job" },
        { """{"type":"noop","delay":"soon"}""", "delay", "invalid_job" },
        { """{"type":"noop","delay":1e300}""", "delay", "invalid_job" },
        { """{"type":"noop","delay":{}}""", "delay", "invalid_job" },
        { """{"type":"noop","runAt":"tomorrow"}""", "runAt", "invalid_job" },
        { """{"type":"noop","runAt":"2026-01-31T08:00:00"}""", "runAt", "invalid_job" },
        { """{"type":"noop","expiresAt":5}""", "expiresAt", "invalid_job" },
        { """{"type":"noop","maxAttempts":true}""", "maxAttempts", "invalid_job" },
        { """{"type":"noop","retry":"often"}""", "retry", "invalid_job" },
        { """{"type":"noop","retry":{"first":"x"}}""", "retry.first", "invalid_job" },
        { """{"type":"noop","retry":{"jitter":1}}""", "retry.jitter", "invalid_job" },
        { """{"type":"noop","retry":{"steps":1}}""", "retry.steps", "invalid_job" },
        { """{"type":"noop","tags":"a"}""", "tags", "invalid_job" },
        { """{"type":"noop","tags":["a",1]}""", "tags", "invalid_job" },
        { """{"type":"noop","hold":"yes"}""", "hold", "invalid_job" },
        { """{"type":"noop","timeLimit":[]}""", "timeLimit", "invalid_job" },
        { """{"type":"noop","softTimeLimit":null,"idempotencyKey":3}""", "idempotencyKey", "invalid_job" },
        { """{"type":"noop","resources":["vm-1"]}""", "resources", "not_available" },
        { """{"type":"noop","dependsOn":["x"]}""", "dependsOn", "not_available" },
        { """{"type":"noop","args":{},"id":"x"}""", "id", "invalid_job" },
    };

    public static TheoryData<string> NoJson => new()
    {
        "", " ", "{", "{}}", "[]", "\"noop\"", "null", "{\"type\":\"noop\"} x", "{\"type\":\"noop\",}", "{type:\"noop\"}", "{\"type\":\"noop\"}{\"type\":\"noop\"}",
        """{"type":"noop","args":{"a":"\ud800"}}""", """{"type":"noop","args":{"\udc00":1}}""", """{"type":"\ud800x"}""",
        $$"""{"type":"noop","args":{{new string('[', 64)}}{{new string(']', 64)}}}""",
        $$"""{"type":"noop","args":{{new string('[', 100_000)}}""",
        "\uFEFF{\"type\":\"noop\"}",
    };

    public static TheoryData<string, string, string> WrongQueries => new()
    {
        { "GET", "/api/jobs?limit=0", "limit" },
        { "GET", "/api/jobs?limit=1001", "limit" },
        { "GET", "/api/jobs?limit=-1", "limit" },
        { "GET", "/api/jobs?limit=ten", "limit" },
        { "GET", "/api/jobs?limit=1&limit=2", "limit" },
        { "GET", "/api/jobs?status=sleeping", "status" },
        { "GET", "/api/jobs?from=yesterday", "from" },
        { "GET", "/api/jobs?colour=red", "colour" },
        { "GET", "/api/events/poll?limit=0", "limit" },
        { "GET", "/api/events/poll?after=x", "after" },
        { "GET", "/api/events/poll?wait=21", "wait" },
        { "GET", "/api/events/poll?types=exploded", "types" },
        { "GET", "/api/events?after=1-2", "after" },
        { "GET", "/api/queues?limit=3", "limit" },
    };

    public static TheoryData<string> UnknownPaths => new()
    {
        "/api", "/api/", "/api/nothing", "/api/jobs/none", "/api/jobs/06fky2m4a0r8vq3t5x7z9b1c2", "/api/jobs/06fky2m4a0r8vq3t5x7z9b1c2d/nothing",
        "/api/jobs/" + new string('a', 4000), "/api/jobs/..%2f..%2fetc/result", "/nowhere", "/api/queues/a/b/c",
    };

    [Theory]
    [MemberData(nameof(InvalidSubmits))]
    public async Task Submit_wrong_field_is_named(string body, string field, string code)
    {
        var problem = await RefusedAsync("POST", "/api/jobs", Answer.Json(body), HttpStatusCode.BadRequest, code);
        problem["errors"]!.AsObject().ShouldContainKey(field);
        problem["errors"]!.AsObject().Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(InvalidSubmits))]
    public async Task Batch_wrong_field_is_named_with_its_place(string body, string field, string code)
    {
        var problem = await RefusedAsync("POST", "/api/jobs/batch", Answer.Json($$"""[{"type":"noop"},{{body}}]"""), HttpStatusCode.BadRequest, code);
        problem["errors"]!.AsObject().ShouldContainKey($"[1].{field}");
    }

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task Submit_body_that_is_no_job_is_refused(string body)
    {
        var problem = await RefusedAsync("POST", "/api/jobs", Answer.Json(body), HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.AsObject().ShouldContainKey("body");
    }

    [Theory]
    [InlineData("7B2274797065223A226E6F6F70222C2261726773223A7B2261223A22FF227D7D")] // {"type":"noop","args":{"a":"<FF>"}}
    [InlineData("7B2274797065223A226EC0AF227D")] // an overlong form in the type
    [InlineData("7B2274797065223A226E6FEDA08022207D")] // a surrogate written as bytes
    public async Task Submit_invalid_utf8_is_refused(string hex)
    {
        using var content = new ByteArrayContent(Convert.FromHexString(hex)) { Headers = { ContentType = new("application/json") } };
        await RefusedAsync("POST", "/api/jobs", content, HttpStatusCode.BadRequest, "invalid_job");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("[{\"type\":\"noop\"}")]
    [InlineData("[{\"type\":\"noop\"},]")]
    public Task Batch_that_is_none_is_refused(string body) =>
        RefusedAsync("POST", "/api/jobs/batch", Answer.Json(body), HttpStatusCode.BadRequest, "invalid_job");

    [Theory]
    [InlineData("", 1001)]
    [InlineData("?atomic=false", 10_001)]
    public async Task Batch_of_too_many_jobs_is_refused(string query, int count)
    {
        var body = "[" + string.Join(',', Enumerable.Repeat("""{"type":"noop"}""", count)) + "]";
        await RefusedAsync("POST", "/api/jobs/batch" + query, Answer.Json(body), HttpStatusCode.BadRequest, "invalid_job");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Submit_other_content_type_is_refused(string? contentType)
    {
        using var content = new ByteArrayContent("""{"type":"noop"}"""u8.ToArray());
        if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        await RefusedAsync("POST", "/api/jobs", content, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.molino+json")]
    public async Task Submit_json_content_type_is_taken(string contentType)
    {
        using var content = new ByteArrayContent("""{"type":"noop"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await Api.Client.PostAsync("/api/jobs", content);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/jobs?wait=x", "wait")]
    [InlineData("/api/jobs?wait=-1", "wait")]
    [InlineData("/api/jobs?wait=3601", "wait")]
    [InlineData("/api/jobs?wait=NaN", "wait")]
    [InlineData("/api/jobs?await=1", "await")]
    [InlineData("/api/jobs/batch?atomic=maybe", "atomic")]
    [InlineData("/api/jobs/batch?wait=1", "wait")]
    public async Task Submit_wrong_parameter_is_named(string path, string parameter)
    {
        var problem = await RefusedAsync("POST", path, Answer.Json("""{"type":"noop"}"""), HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.AsObject().ShouldContainKey(parameter);
    }

    [Theory]
    [MemberData(nameof(WrongQueries))]
    public async Task Read_wrong_parameter_is_named(string method, string path, string parameter)
    {
        var problem = await RefusedAsync(method, path, null, HttpStatusCode.BadRequest, "invalid_request");
        problem["errors"]!.AsObject().ShouldContainKey(parameter);
    }

    [Theory]
    [MemberData(nameof(UnknownPaths))]
    public Task Unknown_path_or_id_is_a_problem(string path) =>
        RefusedAsync("GET", path, null, HttpStatusCode.NotFound, "not_found");

    [Theory]
    [InlineData("GET", "/api/jobs/{0}")]
    [InlineData("GET", "/api/jobs/{0}/result")]
    [InlineData("GET", "/api/jobs/{0}/log")]
    [InlineData("GET", "/api/jobs/{0}/events")]
    [InlineData("POST", "/api/jobs/{0}/cancel")]
    [InlineData("POST", "/api/jobs/{0}/retry")]
    [InlineData("POST", "/api/jobs/{0}/release")]
    public Task Id_that_was_never_given_out_is_not_found(string method, string pattern) =>
        RefusedAsync(method, string.Format(CultureInfo.InvariantCulture, pattern, UnknownId), null, HttpStatusCode.NotFound, "not_found");

    [Theory]
    [InlineData("DELETE", "/api/jobs")]
    [InlineData("PUT", "/api/jobs/06fky2m4a0r8vq3t5x7z9b1c2d")]
    [InlineData("GET", "/api/jobs/06fky2m4a0r8vq3t5x7z9b1c2d/cancel")]
    [InlineData("POST", "/api/events")]
    [InlineData("POST", "/health/live")]
    public Task Wrong_method_is_a_problem(string method, string path) =>
        RefusedAsync(
            method, path, null, HttpStatusCode.MethodNotAllowed, "method_not_allowed", response => response.Content.Headers.Allow.ShouldNotBeEmpty());

    [Theory]
    [InlineData("cancel", """{"why":"x"}""", "why")]
    [InlineData("cancel", """{"reason":7}""", "reason")]
    [InlineData("cancel", "[]", "body")]
    [InlineData("cancel", "", "body")]
    [InlineData("retry", """{"argz":{}}""", "argz")]
    [InlineData("retry", """{"args":"\ud800"}""", "body")]
    [InlineData("release", """{"now":true}""", "now")]
    public Task Action_wrong_body_is_refused(string action, string body, string field) => ChangesNothingAsync("POST", "/" + action, body, field);

    [Theory]
    [InlineData("{}", "body")]
    [InlineData("""{"priority":"x"}""", "priority")]
    [InlineData("""{"dueAt":"x"}""", "dueAt")]
    [InlineData("""{"status":"queued"}""", "status")]
    public Task Change_wrong_body_is_refused(string body, string field) => ChangesNothingAsync("PATCH", "", body, field);

    [Theory]
    [InlineData("/api/queues/never-seen")]
    [InlineData("/api/queues/NOT%20A%20NAME")]
    [InlineData("/api/jobs?queue=NOT-A-NAME")]
    public Task Queue_that_does_not_exist_is_unknown(string path) =>
        RefusedAsync("GET", path, null, HttpStatusCode.NotFound, "unknown_queue");

    [Fact]
    public async Task Submit_many_wrong_fields_names_all()
    {
        var problem = await RefusedAsync(
            "POST", "/api/jobs", Answer.Json("""{"type":1,"priority":"x","zoo":{"a":[1,{"b":2}]},"hold":0}"""), HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.AsObject().Select(field => field.Key).ShouldBe(["type", "priority", "zoo", "hold"]);
    }

    [Fact]
    public async Task Submit_deepest_args_are_taken()
    {
        var args = new string('[', 63) + new string(']', 63);
        using var response = await Api.Client.PostAsync("/api/jobs", Answer.Json($$"""{"type":"echo","args":{{args}}}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
    }

    private async Task ChangesNothingAsync(string method, string action, string body, string field)
    {
        using var submitted = await Api.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"noop","hold":true}"""));
        var job = submitted.Headers.Location!.ToString();
        var before = await Api.Client.GetStringAsync(job);
        var problem = await RefusedAsync(method, job + action, Answer.Json(body), HttpStatusCode.BadRequest, "invalid_request");
        problem["errors"]!.AsObject().ShouldContainKey(field);
        (await Api.Client.GetStringAsync(job)).ShouldBe(before);
    }
}
