using System.Net;
using Molino.Client;
using Molino.Conformance.Http;
using Molino.Storage;

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
        const string other = """{"type":"echo","args":{"a":2},"idempotencyKey":"once"}""";
        using var first = await Api.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"echo","args":{"a":1},"idempotencyKey":"once"}"""));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await RefusedAsync("POST", "/api/jobs", Answer.Json(other), HttpStatusCode.Conflict, "idempotency_conflict");
        await RefusedAsync("POST", "/api/jobs/batch", Answer.Json($$"""[{"type":"noop"},{{other}}]"""), HttpStatusCode.Conflict, "idempotency_conflict");
    }

    [Fact]
    public async Task Deepest_args_that_are_taken_come_back_in_a_list()
    {
        var args = new string('[', 62) + new string(']', 62);
        using var client = new MolinoClient(Api.Address.ToString());
        var job = await client.SubmitAsync(new JobSubmission { Type = "echo", Args = RawJson.Parse($$"""{"deep":{{args}}}""") });

        var list = await client.Transport.ListJobsAsync(new JobFilter { Type = "echo", Limit = 1 }, CancellationToken.None);

        list.Items.Single().Id.ShouldBe(job.Id);
        list.Items.Single().Args.ToString().ShouldBe($$"""{"deep":{{args}}}""");
    }
}
