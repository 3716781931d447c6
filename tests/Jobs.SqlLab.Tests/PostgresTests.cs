using Molino.TestServers;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class PostgresTests(ServersFixture servers)
{
    private readonly SqlLab _lab = servers.Lab;

    [Fact]
    public async Task Query_types_areExact()
    {
        await servers.Postgres.QueryAsync("DROP DOMAIN IF EXISTS amount; CREATE DOMAIN amount AS numeric(10, 2)");
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(
            context,
            new
            {
                database = "pg",
                sql = """
                SELECT 1::int2, (-2147483648)::int4 AS i, 9223372036854775807::int8 AS l, 12345678901234567890.1234500::numeric AS n, 'NaN'::numeric AS nn, 1.5::amount AS am, 0.1::float8 AS f, 1e300::float8 AS big,
                  'NaN'::float8 AS nan, '-infinity'::float4 AS inf, true AS b, 'áß😀 "q" \ ' || chr(10) AS t, ''::text AS e, NULL::int8 AS nul, '2026-02-28'::date AS d,
                  '2026-02-28 10:00:00.5'::timestamp AS ts, '2026-02-28 10:00:00.25-05'::timestamptz AS tz, 'infinity'::timestamptz AS never, '\x00ff10'::bytea AS by, '{1,2}'::int[] AS a, '{"x": 1.0}'::json AS j,
                  '61f0c404-5cb3-11e7-907b-a6006ad3dba0'::uuid AS id, '1 day'::interval AS iv
                """,
            },
            TestContext.Current.CancellationToken);
        context.AllRows.ShouldHaveSingleItem().GetRawText().ShouldBe(
            """
            [1,-2147483648,"9223372036854775807","12345678901234567890.1234500","NaN","1.50",0.1,1e+300,"nan","-inf",true,"áß\uD83D\uDE00 \"q\" \\ \n","",null,"2026-02-28","2026-02-28T10:00:00.5","2026-02-28T15:00:00.25Z","infinity","AP8Q","{1,2}","{\"x\": 1.0}","61f0c404-5cb3-11e7-907b-a6006ad3dba0","1 day"]
            """);
        string.Join(' ', result.Columns.Select(column => column.Kind)).ShouldBe(
            "Number Number Integer Decimal Decimal Decimal Float Float Float Float Boolean Text Text Integer Date DateTime DateTime DateTime Bytes Text Text Text Text");
        result.Columns[2].ShouldBe(new SqlColumn("l", "bigint", SqlColumnKind.Integer));
    }

    [Fact]
    public async Task Query_manyRows_areCutAtTheLimit()
    {
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(context, new { database = "pg", sql = "SELECT generate_series(1, 50000000), 'row ' || generate_series(1, 50000000)", limit = 200_000 }, TestContext.Current.CancellationToken);
        (result.RowCount, result.Truncated, context.Rows).ShouldBe((200_000, true, 200_000));
        context.AllRows[^1][1].GetString().ShouldBe("row 200000");
        (await SessionsAsync(context)).ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_whileItRuns_endsTheBackend()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeJobContext { StopReason = StopReason.CancelRequested };
        var run = _lab.RunAsync(context, new { database = "pg", sql = "SELECT pg_sleep(200)" }, stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await SessionsAsync(context, "AND query LIKE 'SELECT pg_sleep%'") == 0) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        (await SessionsAsync(context)).ShouldBe(0);
    }

    [Fact]
    public async Task Kill_byIdFromElsewhere_endsTheQuery()
    {
        var context = new FakeJobContext();
        var run = _lab.RunAsync(context, new { database = "pg", sql = "SELECT pg_sleep(200)" }, TestContext.Current.CancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await SessionsAsync(context, "AND query LIKE 'SELECT pg_sleep%'") == 0) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await using var other = new SqlLab(servers.Settings);
        other.Databases.TryGet("pg", out var database).ShouldBeTrue();
        await database.KillAsync(context.QueryId, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<Core.PermanentJobException>(run)).Detail!.ShouldStartWith("code 57014");
        (await SessionsAsync(context)).ShouldBe(0);
    }

    [Fact]
    public async Task Query_timeLimit_isNamed()
    {
        var context = new FakeJobContext();
        var error = await Should.ThrowAsync<Core.PermanentJobException>(() => _lab.RunAsync(context, new { database = "pg", sql = "SELECT pg_sleep(200)", timeout = 0.3 }));
        error.Type.ShouldBe(SqlErrors.TimeLimitType);
        (await SessionsAsync(context)).ShouldBe(0);
    }

    [Fact]
    public async Task Query_byteLimit_isRefusedAndEndsTheBackend()
    {
        await using var lab = new SqlLab([.. servers.Settings, ("MaxResultBytes", "3000000")]);
        var context = new FakeJobContext();
        var error = await Should.ThrowAsync<Core.PermanentJobException>(() => lab.RunAsync(context, new { database = "pg", sql = "SELECT generate_series(1, 50000000)", limit = 50_000_000 }));
        error.Type.ShouldBe(SqlErrors.ResultTooLargeType);
        (await SessionsAsync(context)).ShouldBe(0);
    }

    [Theory]
    [InlineData("SELECT 'ñ😀',\n  1 FROM FROM x", SqlErrors.Syntax, "code 42601, line 2, column 10")]
    [InlineData("SELECT * FROM nope", SqlErrors.UnknownTableType, "code 42P01, line 1, column 15")]
    [InlineData("SELECT nope", SqlErrors.Sql, "code 42703, line 1, column 8")]
    [InlineData("SELECT 1 / (g - 70000) FROM generate_series(1, 100000) g", SqlErrors.Sql, "code 22012")]
    [InlineData("SELECT 1;\nSELECT 2", SqlErrors.MultipleStatementsType, "line 2, column 1")]
    public async Task Query_wrong_failsForGood(string sql, string type, string detail)
    {
        var error = await _lab.FailAsync("pg", sql);
        error.Type.ShouldBe(type);
        error.Detail!.ShouldStartWith(detail);
    }

    [Theory]
    [InlineData("SELECT ';'';', \"a;\"\"b\", $$;$$, $x$ ; $$ ; $x$, E'\\';' -- ;\n /* ; /* ; */ ; */ ; -- x", false)]
    [InlineData(" ;; SELECT 1 ; ; /* end */", false)]
    [InlineData("SELECT $1;SELECT 2", true)]
    [InlineData("SELECT 'a\\';SELECT 2", true)]
    [InlineData("SELECT a$b$;SELECT '$b$'", true)]
    public void FindSecond_text_byTheServersRules(string sql, bool found) => Postgres.PostgresStatements.FindSecond(sql).HasValue.ShouldBe(found);

    [Fact]
    public async Task Statement_withoutRows_succeeds()
    {
        (await _lab.RunAsync("pg", "CREATE TABLE IF NOT EXISTS made (n int)")).Columns.Count.ShouldBe(0);
        await _lab.RunAsync("pg", "TRUNCATE made");
        await _lab.RunAsync(new FakeJobContext(), new { database = "pg", sql = "INSERT INTO made SELECT generate_series(1, 500);", limit = 10 });
        (await _lab.RunAsync("pg", "SELECT count(*) FROM made")).FirstRows[0][0].GetString().ShouldBe("500");
        var empty = await _lab.RunAsync("pg", "SELECT n FROM made WHERE false");
        (empty.RowCount, empty.Columns[0].Name).ShouldBe((0, "n"));
    }

    [Fact]
    public async Task Query_settings_reachTheSession()
    {
        await using var lab = new SqlLab([.. servers.Settings, ("Databases:pg:Settings:search_path", "\"my schema\", public"), ("Databases:pg:Settings:default_transaction_read_only", "on")]);
        (await lab.RunAsync("pg", "SELECT current_setting('search_path')")).FirstRows[0][0].GetString().ShouldBe("\"my schema\", public");
        (await lab.FailAsync("pg", "CREATE TABLE never (n int)")).Detail!.ShouldStartWith("code 25006");
    }

    [Fact]
    public async Task Query_serverKilled_isANamedErrorAtOnce()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var lab = new SqlLab([.. servers.Settings, ("Databases:pg:Url", server.ConnectionString)]);
        var context = new FakeJobContext { KeepRows = false };
        var begun = new TaskCompletionSource();
        context.Stored = () => begun.TrySetResult();
        var run = lab.RunAsync(context, new { database = "pg", sql = "SELECT generate_series(1, 50000000)", limit = 50_000_000 });
        await begun.Task;
        await server.KillAsync();
        (await Should.ThrowAsync<DatabaseConnectionLostException>(run)).Message.ShouldContain("'pg'");
        await Should.ThrowAsync<DatabaseUnreachableException>(() => lab.RunAsync("pg", "SELECT 1"));
        (await lab.Databases.ListAsync(TestContext.Current.CancellationToken)).Single(database => database.Name == "pg").Reachable.ShouldBeFalse();
    }

    private async Task<long> SessionsAsync(FakeJobContext context, string also = "") =>
        (long)(await servers.Postgres.QueryAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{context.QueryId}' {also}"))!;
}
