using System.Net;
using Molino.Client;

namespace Molino.Api.Tests;

public sealed class SiloCallsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("drain", SiloOrder.Drain, "draining")]
    [InlineData("resume", SiloOrder.Resume, "active")]
    [InlineData("shutdown", SiloOrder.Shutdown, "draining")]
    public async Task Order_is_passed_on_and_answered_with_the_silo(string call, SiloOrder order, string status)
    {
        using var answer = await host.Client.SendAsync("POST", $"/api/silos/mill-1/{call}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        ((string?)(await answer.JsonAsync())["status"]).ShouldBe(status);
        host.Transport.Calls.ShouldContain(("mill-1", order));
    }

    [Fact]
    public async Task Silo_that_is_not_there_is_not_found() =>
        await (await host.Client.SendAsync("POST", "/api/silos/mill-9/drain")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task Accept_needs_a_confirmation()
    {
        using var answer = await host.Client.SendAsync("POST", "/api/store/accept", """{"confirm":"molino"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool?)(await answer.JsonAsync())["accepted"]).ShouldBe(true);
        foreach (var body in (string[])["{}", """{"confirm":null}""", """{"confirm":"molino","force":true}"""])
            await (await host.Client.SendAsync("POST", "/api/store/accept", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }
}
