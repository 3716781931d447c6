using System.Net;
using System.Text;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api.Tests;

public sealed class SqlCallsTests : IAsyncLifetime
{
    private const string Summary = """{"columns":[{"name":"n","type":"Int32","kind":"number"},{"name":"t","type":"String","kind":"text"}],"rowCount":5,"elapsed":0.1,"cached":false,"truncated":false,"firstRows":[]}""";

    private readonly ApiHost _host = new();

    public async ValueTask InitializeAsync()
    {
        _host.Transport.OnResult = job => new JobResultContent(job, "application/json", new MemoryStream(Encoding.UTF8.GetBytes(Summary)));
        _host.Transport.Chunks = [Chunk(0, 0, 3, "[1,\"a\"]\n[2,\"b,c\"]\n[3,null]\n"), Chunk(1, 3, 2, "[4,\"\"]\n[5,\"é\"]\n")];
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Query_is_submitted_as_a_job()
    {
        using var response = await _host.Client.PostAsync(
            "/api/sql/queries", Answer.Json("""{"database":"sample","sql":"select 'ñ\n\"'","limit":10,"timeout":"00:01:00","cache":false}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().ShouldStartWith("/api/jobs/");
        var submission = _host.Transport.Calls.OfType<JobSubmission>().Single();
        submission.Type.ShouldBe("sql.query");
        submission.Args.ToString().ShouldBe("""{"database":"sample","sql":"select 'ñ\n\"'","limit":10,"timeout":60,"cache":false}""");
    }

    [Theory]
    [InlineData("""{"sql":"select 1"}""", "database", "invalid_job")]
    [InlineData("""{"database":"sample"}""", "sql", "invalid_job")]
    [InlineData("""{"database":7,"sql":"select 1"}""", "database", "invalid_job")]
    [InlineData("""{"database":"sample","sql":"select 1","cache":true}""", "cache", "not_available")]
    [InlineData("""{"database":"sample","sql":"select 1","rows":1}""", "rows", "invalid_job")]
    public async Task Wrong_query_is_refused(string body, string field, string code)
    {
        var problem = await (await _host.Client.PostAsync("/api/sql/queries", Answer.Json(body))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task Errors_of_the_job_type_name_the_fields_of_the_query()
    {
        _host.Transport.Fault = new JobValidationException(ErrorCodes.InvalidJob, "args.limit", "Too many.");
        var problem = await (await _host.Client.PostAsync("/api/sql/queries", Answer.Json("""{"database":"sample","sql":"select 1","limit":0}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_job");
        problem["errors"]!.AsObject().ShouldContainKey("limit");
    }

    [Theory]
    [InlineData("", """[[1,"a"],[2,"b,c"],[3,null],[4,""],[5,"é"]]""")]
    [InlineData("?offset=2&limit=2", """[[3,null],[4,""]]""")]
    [InlineData("?offset=4", """[[5,"é"]]""")]
    [InlineData("?offset=5", "[]")]
    [InlineData("?limit=9000000", """[[1,"a"],[2,"b,c"],[3,null],[4,""],[5,"é"]]""")]
    public async Task Rows_come_in_pages(string query, string rows)
    {
        var page = await (await _host.Client.GetAsync($"/api/sql/queries/{AddQuery()}/rows{query}")).JsonAsync();
        System.Text.Json.Nodes.JsonNode.DeepEquals(page["rows"], System.Text.Json.Nodes.JsonNode.Parse(rows)).ShouldBeTrue(page.ToJsonString());
        ((int?)page["total"]).ShouldBe(5);
        page["columns"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rows_come_as_csv()
    {
        using var response = await _host.Client.GetAsync($"/api/sql/queries/{AddQuery()}/rows?format=csv&offset=1");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await response.Content.ReadAsStringAsync()).ShouldBe("n,t\r\n2,\"b,c\"\r\n3,\r\n4,\"\"\r\n5,é\r\n");
    }

    [Fact]
    public async Task Rows_that_are_not_there_say_why()
    {
        await (await _host.Client.GetAsync($"/api/sql/queries/{_host.Transport.AddJob(JobStatus.Succeeded)}/rows")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await _host.Client.GetAsync($"/api/sql/queries/{AddQuery(JobStatus.Running)}/rows")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await _host.Client.GetAsync($"/api/sql/queries/{AddQuery(JobStatus.Failed)}/rows")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "failed");
        await (await _host.Client.GetAsync($"/api/sql/queries/{AddQuery()}/rows?format=xml")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        _host.Transport.Chunks = [];
        await (await _host.Client.GetAsync($"/api/sql/queries/{AddQuery()}/rows")).ShouldBeProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Fact]
    public async Task Databases_without_the_pack_are_none() => (await (await _host.Client.GetAsync("/api/sql/databases")).JsonAsync()).AsArray().ShouldBeEmpty();

    private static ResultChunk Chunk(int index, long first, long items, string lines) => new(index, first, items, Encoding.UTF8.GetBytes(lines));

    private JobId AddQuery(JobStatus status = JobStatus.Succeeded)
    {
        var job = _host.Transport.NewJob("sql.query", RawJson.Parse("{}")) with { Status = status };
        _host.Transport.Jobs[job.Id] = job;
        return job.Id;
    }
}
