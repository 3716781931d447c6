using System.Net;
using System.Text.Json.Nodes;

namespace Molino.Conformance.Http;

/// <summary>What the suites over HTTP share: a refusal is the contract's error, stores nothing and does not spoil the next request.</summary>
public abstract class ApiSuite(IApiUnderTest api)
{
    protected IApiUnderTest Api { get; } = api;

    /// <summary>Sends a request that must be refused.</summary>
    /// <returns>The problem that was answered.</returns>
    protected async Task<JsonNode> RefusedAsync(
        string method, string path, HttpContent? body, HttpStatusCode status, string code, Action<HttpResponseMessage>? check = null)
    {
        JsonNode problem = null!;
        await StoresNothingAsync(async () =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
            using var response = await Api.Client.SendAsync(request);
            problem = await response.ShouldBeProblemAsync(status, code);
            check?.Invoke(response);
        });
        return problem;
    }

    /// <summary>Makes a call that must leave the jobs as they are, and then a good one, which must be taken.</summary>
    protected async Task StoresNothingAsync(Func<Task> call)
    {
        var before = await JobsAsync();
        await call();
        (await JobsAsync()).ShouldBe(before);
        using var next = await Api.Client.PostAsync("/api/jobs", Answer.Json("""{"type":"noop"}"""));
        next.StatusCode.ShouldBe(HttpStatusCode.Accepted, await next.Content.ReadAsStringAsync());
        (await Api.Client.GetAsync(next.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<IReadOnlyList<string>> JobsAsync()
    {
        using var response = await Api.Client.GetAsync("/api/jobs?limit=1000");
        var list = await response.JsonAsync();
        list["nextCursor"].ShouldBeNull("one page holds all jobs");
        return [.. list["items"]!.AsArray().Select(job => (string)job!["id"]!).Order(StringComparer.Ordinal)];
    }
}
