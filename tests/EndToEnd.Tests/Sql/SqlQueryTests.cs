using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Sql;

/// <summary>The main job on real input: a query answered by a real ClickHouse server through a durable job.</summary>
public sealed class SqlQueryTests(ITestOutputHelper output)
{
    private const int Rows = 1_200_000;

    [Fact]
    public async Task Query_AMillionRows_ReturnsPagesAsJsonAndCsv()
    {
        await using var server = await ClickHouseServer.StartAsync();
        await FillAsync(server);
        await using var silo = await StartSiloAsync(server);

        using var answer = await PostAsync(silo, "SELECT n, square, name FROM numbers_table ORDER BY n", wait: 120, limit: 2_000_000);
        var job = answer.RootElement;
        job.GetProperty("status").GetString().ShouldBe("succeeded", job.ToString());
        var result = job.GetProperty("result");
        result.GetProperty("rowCount").GetInt64().ShouldBe(Rows);
        result.GetProperty("columns").GetArrayLength().ShouldBe(3);
        output.WriteLine($"{Rows:N0} rows in {result.GetProperty("elapsed")} s");

        var id = job.GetProperty("id").GetString();
        using var page = JsonDocument.Parse(await silo.Http.GetStringAsync($"/api/sql/queries/{id}/rows?offset=1199990&limit=100&format=json"));
        page.RootElement.GetProperty("total").GetInt64().ShouldBe(Rows);
        var rows = page.RootElement.GetProperty("rows");
        rows.GetArrayLength().ShouldBe(10);
        rows[9][2].GetString().ShouldBe("row 1199999");

        var csv = await silo.Http.GetStringAsync($"/api/sql/queries/{id}/rows?offset=0&limit=1000000&format=csv");
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1_000_001);
        lines[0].Trim().ShouldBe("n,square,name");
        lines[^1].Trim().ShouldStartWith("999999,");
    }

    [Fact]
    public async Task Cancel_InMidRun_EndsTheQueryInsideTheServer()
    {
        await using var server = await ClickHouseServer.StartAsync();
        await using var silo = await StartSiloAsync(server);
        using var submitted = await PostAsync(silo, "SELECT count() FROM system.numbers WHERE NOT ignore(sipHash64(number))", wait: 0, limit: null);
        var id = submitted.RootElement.GetProperty("id").GetString();
        await SiloProcess.UntilAsync(async () => await RunningAsync(server) == 1);

        (await silo.Http.PostAsJsonAsync($"/api/jobs/{id}/cancel", new { reason = "enough" })).IsSuccessStatusCode.ShouldBeTrue();

        JsonElement job = default;
        await SiloProcess.UntilAsync(async () =>
        {
            using var json = JsonDocument.Parse(await silo.Http.GetStringAsync($"/api/jobs/{id}"));
            job = json.RootElement.Clone();
            return job.GetProperty("status").GetString() != "running";
        });
        job.GetProperty("status").GetString().ShouldBe("cancelled", job.ToString());
        (await RunningAsync(server)).ShouldBe(0, "cancelled means that the query is gone");
    }

    [Fact]
    public async Task SyntaxError_IsAPermanentFailureWithCodeAndPosition()
    {
        await using var server = await ClickHouseServer.StartAsync();
        await using var silo = await StartSiloAsync(server);

        using var answer = await PostAsync(silo, "SELEC 1", wait: 30, limit: null);

        answer.RootElement.GetProperty("status").GetString().ShouldBe("failed");
        answer.RootElement.GetProperty("attempt").GetInt32().ShouldBe(1);
        var error = answer.RootElement.GetProperty("error");
        error.GetProperty("type").GetString().ShouldBe("SqlSyntaxError");
        error.ToString().ShouldContain("62");
    }

    [Fact]
    public async Task SampleDatabase_AnswersTheFirstQuery()
    {
        await using var silo = await SiloProcess.StartAsync();

        using var answer = await PostAsync(silo, "SELECT name FROM sqlite_master WHERE type = 'table'", wait: 30, limit: null, database: "sample");

        answer.RootElement.GetProperty("status").GetString().ShouldBe("succeeded", answer.RootElement.ToString());
        answer.RootElement.GetProperty("result").GetProperty("rowCount").GetInt64().ShouldBeGreaterThan(0);
    }

    private static Task<SiloProcess> StartSiloAsync(ClickHouseServer server) =>
        SiloProcess.StartAsync("--Sql:Databases:analytics:Kind=ClickHouse", $"--Sql:Databases:analytics:Url={server.Url}", "--Sql:Databases:analytics:Database=default");

    private static async Task FillAsync(ClickHouseServer server)
    {
        await server.QueryAsync("CREATE TABLE numbers_table (n UInt64, square Float64, name String) ENGINE = MergeTree ORDER BY n");
        await server.QueryAsync(
            $"INSERT INTO numbers_table SELECT number, number * number, concat('row ', toString(number)) FROM system.numbers LIMIT {Rows.ToString(CultureInfo.InvariantCulture)}");
    }

    private static async Task<int> RunningAsync(ClickHouseServer server) =>
        int.Parse(await server.QueryAsync("SELECT count() FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%system.processes%'"), CultureInfo.InvariantCulture);

    private static async Task<JsonDocument> PostAsync(SiloProcess silo, string sql, int wait, int? limit, string database = "analytics")
    {
        var body = new Dictionary<string, object> { ["database"] = database, ["sql"] = sql };
        if (limit is { } rows) body["limit"] = rows;
        using var answer = await silo.Http.PostAsJsonAsync($"/api/sql/queries?wait={wait}", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text);
    }
}
