using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Molino.Conformance.Http;

/// <summary>Calls and reads answers in one line.</summary>
public static class Answer
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 }; // arguments may be 64 deep, and a list shows them in its own levels

    public static HttpContent Json(string json) => new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new("application/json") } };

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(), documentOptions: Deep)!;
    }

    /// <summary>Checks that an answer is a problem of a status and a code.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonNode.Parse(text)!;
        ((string?)problem["code"]).ShouldBe(code, text);
        ((int?)problem["status"]).ShouldBe((int)status);
        ((string?)problem["title"]).ShouldNotBeNullOrEmpty();
        ((string?)problem["detail"]).ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = json is null ? null : Json(json) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }
}
