using System.Net;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api.Tests;

public sealed class ErrorAnswerTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(ErrorCodes.UnknownType, 404)]
    [InlineData(ErrorCodes.IdempotencyConflict, 409)]
    [InlineData(ErrorCodes.NotAvailable, 400)]
    [InlineData("maintenance", 503)]
    [InlineData(ErrorCodes.StoreUnavailable, 503)]
    [InlineData(ErrorCodes.StoreFull, 503)]
    [InlineData(ErrorCodes.OutcomeUnknown, 503)]
    [InlineData(ErrorCodes.ShuttingDown, 503)]
    [InlineData(ErrorCodes.Timeout, 504)]
    public async Task Submit_refusal_has_its_status(string code, int status)
    {
        _host.Transport.Fault = new StoreException(code, "A sentence.");
        using var response = await _host.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"noop"}"""));
        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
        if (status == 503) response.Headers.RetryAfter!.Delta.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(ErrorCodes.NotFound, 404)]
    [InlineData(ErrorCodes.Gone, 410)]
    [InlineData(ErrorCodes.IllegalTransition, 409)]
    public async Task Action_refusal_has_its_status(string code, int status)
    {
        var id = _host.Transport.AddJob();
        _host.Transport.Fault = new JobSystemException(code, "A sentence.");
        using var response = await _host.Client.SendAsync("POST", $"/api/jobs/{id}/cancel");
        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task Field_errors_of_the_transport_are_passed_on()
    {
        _host.Transport.Fault = new JobValidationException(ErrorCodes.InvalidJob, "[3].priority", "Must be 0 to 10.");
        using var response = await _host.Client.PostAsync("/api/jobs/batch", Answer.Json("""[{"type":"noop"}]"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.ToJsonString().ShouldBe("""{"[3].priority":["Must be 0 to 10."]}""");
    }

    [Fact]
    public async Task Unexpected_error_tells_nothing_of_the_inside()
    {
        _host.Transport.Fault = new InvalidOperationException("password=hunter2 in C:\\secret");
        using var response = await _host.Client.GetAsync("/api/queues");
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        problem.ToJsonString().ShouldNotContain("hunter2");
        problem["traceId"].ShouldNotBeNull();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Timeout_of_a_part_is_504()
    {
        _host.Transport.Fault = new TimeoutException("grain x");
        await (await _host.Client.GetAsync("/api/queues")).ShouldBeProblemAsync(HttpStatusCode.GatewayTimeout, "timeout");
    }

    [Theory]
    [InlineData("GET", "/api/schedules")]
    [InlineData("PUT", "/api/schedules/nightly")]
    [InlineData("POST", "/api/queues/default/purge")]
    [InlineData("POST", "/api/pools/x/default/grow")]
    [InlineData("GET", "/api/dead-letters?limit=5")]
    [InlineData("PUT", "/api/maintenance")]
    [InlineData("GET", "/api/audit")]
    [InlineData("GET", "/metrics")]
    public async Task Call_that_is_not_built_yet_says_so(string method, string path) =>
        await (await _host.Client.SendAsync(method, path)).ShouldBeProblemAsync(HttpStatusCode.NotImplemented, "not_available");

    [Fact]
    public async Task Health_is_told_part_by_part()
    {
        (await _host.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await _host.Client.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)(await ready.JsonAsync())["parts"]!["store"]!["status"]).ShouldBe("ok");
        _host.Transport.Health = new("not_ready", new Dictionary<string, Client.HealthPartView> { ["store"] = new("down", "store_unavailable", "It does not answer.") });
        var down = await _host.Client.GetAsync("/health/ready");
        down.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)(await down.JsonAsync())["parts"]!["store"]!["code"]).ShouldBe("store_unavailable");
        using var head = await _host.Client.SendAsync("HEAD", "/health/live");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_check_that_fails_is_not_ready()
    {
        _host.Transport.Fault = new InvalidOperationException("x");
        var response = await _host.Client.GetAsync("/health/ready");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)(await response.JsonAsync())["status"]).ShouldBe("not_ready");
    }
}
