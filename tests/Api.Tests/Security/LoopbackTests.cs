using System.Net;

namespace Molino.Api.Tests;

public sealed class LoopbackTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:9999")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1:80")]
    [InlineData("[::1]:8080")]
    public async Task Loopback_host_is_answered(string name) =>
        (await host.Client.SendAsync("GET", "/api/queues", null, ("Host", name))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.1.5:8080")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost.")]
    [InlineData("[2001:db8::1]")]
    public async Task Other_host_is_refused_everywhere(string name)
    {
        foreach (var path in (string[])["/api/queues", "/", "/health/live", "/openapi/v1.json", "/swagger/index.html", "/nowhere"])
            await (await host.Client.SendAsync("GET", path, null, ("Host", name))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_host");
    }

    [Theory]
    [InlineData("http://localhost:5173")]
    [InlineData("http://127.0.0.1")]
    [InlineData("https://[::1]:8443")]
    public async Task Loopback_origin_is_answered(string origin) =>
        (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", ("Origin", origin))).StatusCode.ShouldBe(HttpStatusCode.Accepted);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("not a uri")]
    [InlineData("http://user@evil.example")]
    public async Task Other_origin_is_refused(string origin)
    {
        await (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", ("Origin", origin))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_origin");
        await (await host.Client.SendAsync("GET", "/api/jobs", null, ("Origin", origin))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_origin");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080;http://[::1]:8080", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://127.0.0.1:8080;http://*:8081", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://10.0.0.5:8080", false)]
    [InlineData("https://jobs.example.com", false)]
    [InlineData("8080", false)]
    public void Urls_beyond_loopback_are_refused_by_key(string urls, bool fine)
    {
        var problem = LoopbackGuard.CheckUrls(urls);
        if (fine) problem.ShouldBeNull();
        else problem.ShouldNotBeNull().ShouldContain("Http:Urls");
    }
}
