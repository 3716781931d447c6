using System.Net;
using Molino.Client;
using Molino.Core;

namespace Molino.Api.Tests;

public sealed class JobResultTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    [InlineData("application/pdf")]
    public async Task Succeeded_streams_bytes_with_their_media_type(string mediaType)
    {
        await using var own = await ApiHost.StartAsync();
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray();
        own.Transport.OnResult = job => new JobResultContent(job, mediaType, new MemoryStream(bytes));
        using var response = await own.Client.GetAsync($"/api/jobs/{own.Transport.AddJob(JobStatus.Succeeded)}/result");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Waiting)]
    public async Task Live_answers_202_with_the_job(JobStatus status)
    {
        using var response = await host.Client.GetAsync($"/api/jobs/{host.Transport.AddJob(status)}/result?wait=0.01");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.JsonAsync())["id"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData(JobStatus.Failed, "failed")]
    [InlineData(JobStatus.Cancelled, "cancelled")]
    [InlineData(JobStatus.Expired, "cancelled")]
    public async Task Ended_without_result_answers_409_with_the_error(JobStatus status, string code)
    {
        var id = host.Transport.AddJob(status, new JobError("SqlError", "No such table.", "line 1"));
        var problem = await (await host.Client.GetAsync($"/api/jobs/{id}/result")).ShouldBeProblemAsync(HttpStatusCode.Conflict, code);
        problem["error"]!.ToJsonString().ShouldBe("""{"type":"SqlError","message":"No such table.","detail":"line 1"}""");
    }

    [Fact]
    public async Task Removed_result_is_gone()
    {
        using var response = await host.Client.GetAsync($"/api/jobs/{host.Transport.AddJob(JobStatus.Succeeded)}/result");
        await response.ShouldBeProblemAsync(HttpStatusCode.Gone, "gone");
    }
}
