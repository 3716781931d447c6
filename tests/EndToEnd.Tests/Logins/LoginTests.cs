using System.Net;
using System.Text.Json.Nodes;
using Molino.Conformance.Http;

namespace Molino.EndToEnd.Tests.Logins;

/// <summary>A silo with logins: the first administrator, the users it adds with the molino command, and what each may do.</summary>
public sealed class LoginTests
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData("Basic", "Basic")]
    [InlineData("ApiKey", "Bearer")]
    public async Task Silo_with_logins_makes_an_admin_and_asks_everybody_else_to_log_in(string mode, string scheme)
    {
        await using var silo = await SiloProcess.StartAsync($"--Auth:Mode={mode}");
        var file = AdminFile(silo);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var admin = await AdminAsync(silo, mode);
        silo.Output.ShouldNotContain(admin.Secret);

        foreach (var (method, path) in ((string, string)[])[("GET", "/api/jobs"), ("POST", "/api/jobs"), ("GET", "/api/users"), ("GET", "/api/events"), ("POST", "/api/queues/default/pause")])
        {
            using var stranger = await silo.Http.SendAsync(method, path, method == "POST" ? """{"type":"noop"}""" : null);
            await stranger.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
            stranger.Headers.WwwAuthenticate.Single().Scheme.ShouldBe(scheme);
        }

        (await silo.Http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var list = await admin.RunAsync(silo, "user", "list");
        list.ExitCode.ShouldBe(0, list.Errors);
        list.Output.ShouldContain("admin");
        (await JobsAsync(silo, admin)).ShouldBe(0, "what strangers sent was not stored");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("ApiKey")]
    public async Task Added_users_may_do_what_their_role_says_until_they_are_removed(string mode)
    {
        await using var silo = await SiloProcess.StartAsync($"--Auth:Mode={mode}");
        var admin = await AdminAsync(silo, mode);
        var viewer = await AddAsync(silo, mode, admin, "viewer");
        var op = await AddAsync(silo, mode, admin, "operator");
        var second = await AddAsync(silo, mode, admin, "admin");

        foreach (var login in (Login[])[viewer, op, second]) (await StatusAsync(silo, login, "GET", "/api/jobs")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(silo, viewer, "POST", "/api/jobs")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(silo, op, "POST", "/api/jobs")).ShouldBe(HttpStatusCode.Accepted);
        (await StatusAsync(silo, second, "POST", "/api/jobs")).ShouldBe(HttpStatusCode.Accepted);
        (await StatusAsync(silo, viewer, "GET", "/api/users")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(silo, op, "GET", "/api/users")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(silo, second, "GET", "/api/users")).ShouldBe(HttpStatusCode.OK);
        (await JobsAsync(silo, admin)).ShouldBe(2);
        var refused = await op.RunAsync(silo, "user", "list");
        refused.ExitCode.ShouldBe(4, refused.Output + refused.Errors);
        refused.Errors.ShouldContain("forbidden");

        var removed = await admin.RunAsync(silo, "user", "remove", "a-operator");
        removed.ExitCode.ShouldBe(0, removed.Errors);

        (await StatusAsync(silo, op, "GET", "/api/jobs")).ShouldBe(HttpStatusCode.Unauthorized);
        (await admin.RunAsync(silo, "user", "list")).Output.ShouldNotContain("a-operator");
        await silo.KillAsync();
        await silo.StartAgainAsync();
        (await StatusAsync(silo, op, "GET", "/api/jobs")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(silo, viewer, "GET", "/api/jobs")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(silo, admin, "GET", "/api/users")).ShouldBe(HttpStatusCode.OK, "the first administrator is kept, not made anew");
    }

    private static string AdminFile(SiloProcess silo) => Path.Combine(silo.Folder, "data", "admin-credentials");

    private static async Task<Login> AdminAsync(SiloProcess silo, string mode) => Login.Of(mode, (await File.ReadAllTextAsync(AdminFile(silo))).Trim());

    private static async Task<Login> AddAsync(SiloProcess silo, string mode, Login admin, string role)
    {
        var name = "a-" + role;
        if (mode == "Basic")
        {
            var user = await admin.RunAsync(silo, "user", "add", name, "--role", role, "--password", Password);
            user.ExitCode.ShouldBe(0, user.Errors);
            return Login.Of(mode, $"{name}:{Password}");
        }

        var key = await admin.RunAsync(silo, "-o", "json", "user", "add", name, "--role", role, "--kind", "key");
        key.ExitCode.ShouldBe(0, key.Errors);
        return Login.Of(mode, (string)JsonNode.Parse(key.Output)!["key"]!);
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, Login login, string method, string path)
    {
        using var response = await silo.Http.SendAsync(method, path, method == "POST" ? """{"type":"noop"}""" : null, login.Header);
        return response.StatusCode;
    }

    private static async Task<int> JobsAsync(SiloProcess silo, Login login)
    {
        using var response = await silo.Http.SendAsync("GET", "/api/jobs", null, login.Header);
        return (await response.JsonAsync())["items"]!.AsArray().Count;
    }
}
