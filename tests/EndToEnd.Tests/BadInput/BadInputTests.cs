using System.Net;
using Molino.Conformance.Http;

namespace Molino.EndToEnd.Tests.BadInput;

/// <summary>The cases of the protocol, and what only a silo with its job types can refuse.</summary>
public sealed class BadInputTests(SiloFixture silo) : BadInputConformance(silo), IClassFixture<SiloFixture>
{
    [Theory]
    [InlineData("""{}""", "type")]
    [InlineData("""{"type":"sleep","args":[]}""", "args")]
    [InlineData("""{"type":"sleep","args":{"seconds":"long"}}""", "args.seconds")]
    [InlineData("""{"type":"sleep","args":{"secondz":1}}""", "args.secondz")]
    [InlineData("""{"type":"noop","queue":"NOT A NAME"}""", "queue")]
    [InlineData("""{"type":"noop","priority":11}""", "priority")]
    [InlineData("""{"type":"noop","delay":-1}""", "delay")]
    [InlineData("""{"type":"noop","maxAttempts":0}""", "maxAttempts")]
    [InlineData("""{"type":"noop","retry":{"factor":0.5}}""", "retry")]
    [InlineData("""{"type":"noop","tags":[""]}""", "tags")]
    [InlineData("""{"type":"noop","idempotencyKey":""}""", "idempotencyKey")]
    public async Task Submit_value_that_cannot_be_used_is_named(string body, string field)
    {
        var problem = await RefusedAsync("POST", "/api/jobs", Answer.Json(body), HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.AsObject().ShouldContainKey(field);
    }

    [Fact]
    public Task Submit_unknown_type_is_refused() =>
        RefusedAsync("POST", "/api/jobs", Answer.Json("""{"type":"no.such.type"}"""), HttpStatusCode.NotFound, "unknown_type");

    [Fact]
    public Task Batch_with_one_unknown_type_stores_none_of_it() =>
        RefusedAsync("POST", "/api/jobs/batch", Answer.Json("""[{"type":"noop"},{"type":"no.such.type"}]"""), HttpStatusCode.NotFound, "unknown_type");

    [Fact]
    public async Task Submit_known_key_with_other_content_is_a_conflict()
    {
        using var first = await Api.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"echo","args":{"a":1},"idempotencyKey":"once"}"""));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await RefusedAsync(
            "POST", "/api/jobs", Answer.Json("""{"type":"echo","args":{"a":2},"idempotencyKey":"once"}"""), HttpStatusCode.Conflict, "idempotency_conflict");
    }
}
