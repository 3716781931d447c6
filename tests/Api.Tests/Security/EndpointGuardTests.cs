using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Molino.Api.Tests;

/// <summary>Endpoints that a host adds beside the API, such as a dashboard.</summary>
public sealed class EndpointGuardTests
{
    [Fact]
    public async Task HostsEndpoint_WithLogins_NeedsAViewer()
    {
        await using var host = await StartAsync("Basic");
        await host.Services.GetRequiredService<UserDirectory>().AddUserAsync("eye", Role.Viewer, "correct horse", default);

        using var stranger = await host.Client.GetAsync("/board/seen");
        await stranger.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        stranger.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
        using var viewer = await host.Client.SendAsync(
            "GET", "/board/seen", null, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("eye:correct horse"))));
        (await viewer.Content.ReadAsStringAsync()).ShouldBe("seen");
    }

    [Fact]
    public async Task HostsEndpoint_WithoutLogins_AnswersLoopbackNamesOnly()
    {
        await using var host = await StartAsync("Loopback");

        (await host.Client.GetStringAsync("/board/seen")).ShouldBe("seen");
        using var rebound = await host.Client.SendAsync("GET", "/board/seen", null, ("Host", "mill.example"));
        await rebound.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_host");
        using var other = await host.Client.SendAsync("GET", "/board/seen", null, ("Origin", "https://mill.example"));
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden_origin");
    }

    private static async Task<ApiHost> StartAsync(string mode)
    {
        var host = new ApiHost
        {
            Map = app =>
            {
                var group = app.MapGroup("/board");
                group.MapGet("/seen", () => Results.Text("seen"));
                group.RequireViewer();
            },
        };
        host.Settings["Auth:Mode"] = mode;
        await host.InitializeAsync();
        return host;
    }
}
