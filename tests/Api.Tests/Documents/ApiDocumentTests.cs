using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Molino.Api.Tests;

public sealed class ApiDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Document_has_every_call_with_errors_and_examples()
    {
        var document = await DocumentAsync();
        var described = new List<string>();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                described.Add($"{method.ToUpperInvariant()} {path}");
                ((string?)operation!["operationId"]).ShouldNotBeNullOrEmpty();
                ((string?)operation["summary"]).ShouldNotBeNullOrEmpty();
                var responses = operation["responses"]!.AsObject();
                responses.Count(response => response.Key[0] == '2').ShouldBeGreaterThan(0, path);
                if (path.StartsWith("/api", StringComparison.Ordinal)) responses.ShouldContainKey("400", path);
                foreach (var (status, response) in responses.Where(response => response.Key is not "204"))
                {
                    ((string?)response!["description"]).ShouldNotBeNullOrEmpty();
                    foreach (var (_, content) in response["content"].ShouldNotBeNull($"{path} {status}").AsObject())
                    {
                        content!["schema"].ShouldNotBeNull($"{path} {status}");
                        (content["example"] ?? content["examples"]).ShouldNotBeNull($"{path} {status}");
                    }
                }
            }
        }

        var mapped = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiCall>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        described.Order().ShouldBe(mapped.Order());
        described.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Document_schemas_tell_the_contract()
    {
        var document = await DocumentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject();
        var submission = schemas["JobSubmission"]!;
        submission["properties"]!.AsObject().Select(property => property.Key).Order().ShouldBe(
            ["args", "delay", "dependsOn", "expiresAt", "hold", "idempotencyKey", "maxAttempts", "priority", "queue", "resources", "retry", "runAt", "softTimeLimit", "tags", "timeLimit", "type"]);
        ((bool?)submission["additionalProperties"]).ShouldBe(false);
        submission["properties"]!["priority"]!["type"]!.AsArray().Select(type => (string?)type).Order().ShouldBe(["integer", "null"]);
        var job = schemas["JobView"]!["properties"]!;
        ((string?)job["attempt"]!["type"]).ShouldBe("integer");
        Resolve(document, job["id"]!)["pattern"].ShouldNotBeNull();
        Resolve(document, job["status"]!)["enum"]!.AsArray().Select(name => (string?)name).ShouldBe(
            ["waiting", "scheduled", "queued", "running", "succeeded", "failed", "cancelled", "expired"]);
        ((string?)job["status"]!["description"] ?? (string?)Resolve(document, job["status"]!)["description"]).ShouldNotBeNullOrEmpty();
        foreach (var name in After(document.ToJsonString(), "\"#/components/schemas/")) schemas.ShouldContainKey(name.Split('/')[0]);
    }

    [Fact]
    public async Task Swagger_ui_is_served_from_here()
    {
        var page = await host.Client.GetStringAsync("/swagger/index.html");
        page.ShouldNotContain("//cdn");
        page.ShouldNotContain("https://");
        foreach (var asset in (string[])["swagger-ui.css", "swagger-ui-bundle.js", "index.js"])
            (await host.Client.GetAsync("/swagger/" + asset)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.GetStringAsync("/swagger/index.js")).ShouldContain("../openapi/v1.json");
    }

    [Fact]
    public async Task Start_page_stands_alone()
    {
        using var response = await host.Client.GetAsync("/");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("Molino");
        page.ShouldNotContain("{{");
        page.ShouldNotContain("https://");
        foreach (var link in After(page, "href=\"")) (await host.Client.GetAsync("/" + link)).StatusCode.ShouldBe(HttpStatusCode.OK, link);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json"))!;

    private static JsonNode Resolve(JsonNode document, JsonNode schema)
    {
        var reference = (string?)schema["$ref"] ?? (string?)schema["oneOf"]?.AsArray().LastOrDefault()?["$ref"];
        return reference is null ? schema : document["components"]!["schemas"]![reference.Split('/')[^1]]!;
    }

    private static IEnumerable<string> After(string text, string mark) => text.Split(mark).Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]);
}
