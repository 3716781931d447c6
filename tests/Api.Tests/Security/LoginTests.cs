using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Molino.Api.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task Basic_asks_for_a_login()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "Basic"));
        using var response = await host.Client.GetAsync("/api/queues");
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public async Task Api_key_mode_asks_for_a_key_and_takes_no_password()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "ApiKey"));
        using var response = await host.Client.SendAsync("GET", "/api/queues", null, Basic("admin", "whatever"));
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
    }

    [Fact]
    public async Task Roles_allow_what_they_should()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "Basic"));
        var admin = await AdminAsync(host);
        foreach (var role in (string[])["viewer", "operator"])
            (await host.Client.SendAsync("POST", "/api/users", $$"""{"name":"a-{{role}}","role":"{{role}}","kind":"user","password":"correct horse"}""", admin)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var viewer = Basic("a-viewer", "correct horse");
        var op = Basic("a-operator", "correct horse");
        (await host.Client.SendAsync("GET", "/api/jobs", null, viewer)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", viewer)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await host.Client.SendAsync("POST", "/api/queues/default/pause", null, viewer)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", op)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await host.Client.SendAsync("GET", "/api/users", null, op)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await host.Client.SendAsync("GET", "/api/users", null, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await host.Client.SendAsync("GET", "/api/jobs", null, Basic("a-viewer", "wrong horse"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await (await host.Client.SendAsync("GET", "/api/schedules")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Key_is_shown_once_and_logs_in_both_ways()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "ApiKey"));
        var admin = await AdminAsync(host);
        var created = await (await host.Client.SendAsync("POST", "/api/users", """{"name":"ci","role":"operator","kind":"key"}""", admin)).JsonAsync();
        var key = (string)created["key"]!;
        (await host.Client.SendAsync("GET", "/api/jobs", null, ("X-Api-Key", key))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.SendAsync("GET", "/api/jobs", null, ("Authorization", "Bearer " + key))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await host.Client.SendAsync("GET", "/api/jobs", null, ("X-Api-Key", key[..^1] + (key[^1] == 'A' ? 'B' : 'A')))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var stored in await host.Users.ListAsync(default)) Encoding.UTF8.GetString(stored.Value.Span).ShouldNotContain(key[3..]);
        var list = await (await host.Client.SendAsync("GET", "/api/users", null, admin)).JsonAsync();
        list.ToJsonString().ShouldNotContain("\"key\":\"");
        list.AsArray().Select(user => (string?)user!["name"]).ShouldBe(["admin", "ci"]);
    }

    [Fact]
    public async Task Removed_user_is_locked_out_at_once()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "ApiKey"));
        var admin = await AdminAsync(host);
        var key = (string)(await (await host.Client.SendAsync("POST", "/api/users", """{"name":"ci","role":"viewer"}""", admin)).JsonAsync())["key"]!;
        (await host.Client.SendAsync("GET", "/api/jobs", null, ("X-Api-Key", key))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.SendAsync("DELETE", "/api/users/ci", null, admin)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await host.Client.SendAsync("GET", "/api/jobs", null, ("X-Api-Key", key))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await (await host.Client.SendAsync("DELETE", "/api/users/ci", null, admin)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await (await host.Client.SendAsync("DELETE", "/api/users/admin", null, admin)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "last_admin");
        await (await host.Client.SendAsync("POST", "/api/users", """{"name":"admin","role":"admin"}""", admin)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "user_exists");
    }

    [Theory]
    [InlineData("""{"name":"UPPER","role":"viewer"}""", "name")]
    [InlineData("""{"name":"a","role":"king"}""", "role")]
    [InlineData("""{"name":"a","role":"viewer","kind":"robot"}""", "kind")]
    [InlineData("""{"name":"a","role":"viewer","kind":"user"}""", "password")]
    [InlineData("""{"name":"a","role":"viewer","kind":"user","password":"short"}""", "password")]
    [InlineData("""{"name":"a","role":"viewer","kind":"key","password":"long enough"}""", "password")]
    [InlineData("""{"name":"a","role":"viewer","age":7}""", "age")]
    public async Task Wrong_user_is_refused(string body, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await (await host.Client.SendAsync("POST", "/api/users", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        problem["errors"]!.AsObject().ShouldContainKey(field);
    }

    [Fact]
    public async Task Verified_login_is_remembered_for_a_while()
    {
        var time = new ManualTime();
        var host = new ApiHost { Configure = services => services.AddSingleton<TimeProvider>(time), Settings = { ["Auth:Mode"] = "Basic" } };
        await host.InitializeAsync();
        await using (host)
        {
            var admin = await AdminAsync(host);
            for (var i = 0; i < 20; i++) (await host.Client.SendAsync("GET", "/api/jobs", null, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
            host.Users.Reads.ShouldBe(1);
            time.Advance(TimeSpan.FromSeconds(31));
            (await host.Client.SendAsync("GET", "/api/jobs", null, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
            host.Users.Reads.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Guessing_is_slowed_and_forgiven()
    {
        var time = new ManualTime();
        var host = new ApiHost { Configure = services => services.AddSingleton<TimeProvider>(time), Settings = { ["Auth:Mode"] = "ApiKey" } };
        await host.InitializeAsync();
        await using (host)
        {
            var admin = await AdminAsync(host);
            var wrong = ("X-Api-Key", "admin." + new string('A', 43));
            for (var i = 0; i < 5; i++) await (await host.Client.SendAsync("GET", "/api/jobs", null, wrong)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
            using var blocked = await host.Client.SendAsync("GET", "/api/jobs", null, wrong);
            await blocked.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
            blocked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(2));
            (await host.Client.SendAsync("GET", "/api/jobs", null, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Health_is_anonymous_without_detail()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "ApiKey"));
        var admin = await AdminAsync(host);
        var stranger = await host.Client.GetAsync("/health/ready");
        stranger.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stranger.JsonAsync()).AsObject().ShouldNotContainKey("parts");
        (await (await host.Client.SendAsync("GET", "/health/ready", null, admin)).JsonAsync()).AsObject().ShouldContainKey("parts");
        (await host.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Page_of_another_origin_changes_nothing_even_with_a_login()
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "ApiKey"));
        var admin = await AdminAsync(host);
        await (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", admin, ("Origin", "https://evil.example"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_origin");
        var own = host.Address.GetLeftPart(UriPartial.Authority);
        (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", admin, ("Origin", own))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await host.Client.SendAsync("GET", "/api/jobs", null, admin, ("Host", "jobs.example.com"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.SendAsync("POST", "/api/jobs", """{"type":"noop"}""", admin, ("Host", "jobs.example.com"), ("Origin", "https://jobs.example.com"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("Basic", "!!!")]
    [InlineData("Basic", "bm9jb2xvbg==")]
    [InlineData("Basic", "")]
    [InlineData("Bearer", "x")]
    [InlineData("Bearer", "..")]
    [InlineData("Digest", "x")]
    public async Task Malformed_credentials_are_refused(string scheme, string text)
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", "Basic"));
        await (await host.Client.SendAsync("GET", "/api/jobs", null, ("Authorization", $"{scheme} {text}"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await (await host.Client.SendAsync("GET", "/api/jobs", null, ("Authorization", $"{scheme} {new string('A', 5000)}"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("Auth:Mode", "Jwt", "Auth:Mode")]
    [InlineData("Auth:Mode", "None", "Auth:Mode")]
    [InlineData("Auth:Mode", "1", "Auth:Mode")]
    [InlineData("Auth:Mod", "Basic", "Auth:Mod")]
    [InlineData("Http:PathBase", "mill/", "Http:PathBase")]
    public async Task Wrong_configuration_stops_the_start_by_key(string key, string value, string named)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => ApiHost.StartAsync((key, value)));
        error.Message.ShouldContain(named);
    }

    private static async Task<(string Name, string Value)> AdminAsync(ApiHost host)
    {
        var folder = Directory.CreateTempSubdirectory("molino-api-");
        try
        {
            var path = await host.Services.EnsureMolinoAdminAsync(folder.FullName);
            var text = (await File.ReadAllTextAsync(path!)).Trim();
            return text.Contains(':', StringComparison.Ordinal) ? Basic(text.Split(':')[0], text.Split(':')[1]) : ("X-Api-Key", text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Name, string Value) Basic(string name, string password) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
