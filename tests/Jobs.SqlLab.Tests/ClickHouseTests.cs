using System.Text.Json;
using Molino.Core;
using Molino.TestServers;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class ClickHouseTests(ServersFixture servers)
{
    private readonly SqlLab _lab = servers.Lab;

    [Fact]
    public async Task Query_types_areExact()
    {
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(
            context,
            new
            {
                database = "ch",
                sql = """
                SELECT toUInt8(255) AS u8, toInt32(-2147483648) AS i32, toUInt64(18446744073709551615) AS u64, toInt64(-9223372036854775808) AS i64,
                  toFloat64(0.1) AS f64, 1/0 AS inf, -1/0 AS ninf, 0/0 AS nan, toDecimal64('1.50', 4) AS d, toDecimal128('-12345678901234567890.123', 5) AS d38, CAST(NULL, 'Nullable(Decimal(18, 2))') AS dn,
                  'áß😀 "q" \\ \n\t/' AS s, toFixedString('ab', 4) AS fs, toNullable(toInt64(3)) AS n, NULL AS nothing, toDate('2026-02-28') AS date,
                  toDateTime('2026-02-28 10:00:00') AS dt, toDateTime('2026-07-01 10:00:00', 'Europe/Madrid') AS dtz, toDateTime(0) AS zero, [toInt64(5), NULL] AS arr,
                  (toDecimal32(1, 2), toDateTime('2026-02-28 10:00:00', 'UTC'), 'x') AS t, [[toDecimal32(2, 1)]] AS nested, CAST('a', 'Enum8(\'a\' = 1)') AS e,
                  toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS id, toIntervalDay(3) AS interval, toLowCardinality('lc') AS lc, emptyArrayString() AS none
                """,
            },
            TestContext.Current.CancellationToken);
        context.AllRows.ShouldHaveSingleItem().GetRawText().Replace(", ", ",", StringComparison.Ordinal).ShouldBe(
            """
            [255,-2147483648,"18446744073709551615","-9223372036854775808",0.1,"inf","-inf","nan","1.5000","-12345678901234567890.12300",null,"áß😀 \"q\" \\ \n\t\/","ab\u0000\u0000","3",null,"2026-02-28","2026-02-28T10:00:00-05:00","2026-07-01T10:00:00+02:00","0000-00-00 00:00:00",["5",null],["1.00","2026-02-28T10:00:00Z","x"],[["2.0"]],"a","61f0c404-5cb3-11e7-907b-a6006ad3dba0","3","lc",[]]
            """);
        string.Join(' ', result.Columns.Select(column => column.Kind)).ShouldBe(
            "Number Number Integer Integer Float Float Float Float Decimal Decimal Decimal Text Text Integer Text Date DateTime DateTime DateTime Array Array Array Text Text Integer Text Array");
        result.Columns[3].ShouldBe(new SqlColumn("i64", "Int64", SqlColumnKind.Integer));
        result.FirstRows.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Query_millionRows_arePagedThrough()
    {
        const int rows = 1_200_000;
        await servers.ClickHouse.QueryAsync("CREATE TABLE IF NOT EXISTS numbers (n UInt64, t String) ENGINE = MergeTree ORDER BY n");
        await servers.ClickHouse.QueryAsync($"INSERT INTO numbers SELECT number, concat('row ', toString(number)) FROM system.numbers LIMIT {rows}");
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(context, new { database = "ch", sql = "SELECT * FROM numbers ORDER BY n", limit = 2_000_000 }, TestContext.Current.CancellationToken);
        (result.RowCount, result.Truncated, result.Cached, result.FirstRows.Count).ShouldBe((rows, false, false, 100));
        context.Rows.ShouldBe(rows);
        context.LargestPart.ShouldBeLessThan(SqlRowSink.PartBytes + 100);
        foreach (var offset in new[] { 0, 599_999, rows - 3 })
        {
            using var page = JsonDocument.Parse(await Pages.JsonAsync(result.Columns, result.RowCount, context.Parts, offset, 1000));
            page.RootElement.GetProperty("total").GetInt64().ShouldBe(rows);
            var first = page.RootElement.GetProperty("rows")[0];
            (first[0].GetString(), first[1].GetString()).ShouldBe(($"{offset}", $"row {offset}"));
            page.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(Math.Min(1000, rows - offset));
        }
    }

    [Fact]
    public async Task Query_rowLimit_truncatesAndStopsTheServer()
    {
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(context, new { database = "ch", sql = "SELECT number FROM system.numbers", limit = 1234 }, TestContext.Current.CancellationToken);
        (result.RowCount, result.Truncated, context.Rows).ShouldBe((1234, true, 1234));
        context.AllRows[^1][0].GetString().ShouldBe("1233");
        (await RunningAsync(context)).ShouldBe("0");
        var exact = await _lab.RunAsync(new FakeJobContext(), new { database = "ch", sql = "SELECT number FROM system.numbers LIMIT 100", limit = 100 }, TestContext.Current.CancellationToken);
        (exact.RowCount, exact.Truncated).ShouldBe((100, false));
    }

    [Fact]
    public async Task Cancel_whileNothingWasSent_endsTheQueryInTheServer()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeJobContext { StopReason = StopReason.CancelRequested };
        var run = _lab.RunAsync(context, new { database = "ch", sql = "SELECT count() FROM system.numbers" }, stop.Token);
        await UntilRunningAsync(context);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        (await RunningAsync(context)).ShouldBe("0");
    }

    [Fact]
    public async Task Cancel_whileRowsCome_endsTheQueryInTheServer()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeJobContext { StopReason = StopReason.CancelRequested, KeepRows = false };
        context.Stored = () =>
        {
            if (context.Rows > 200_000) stop.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(context, new { database = "ch", sql = "SELECT number, sipHash64(number) FROM system.numbers", limit = 50_000_000 }, stop.Token));
        (await RunningAsync(context)).ShouldBe("0");
    }

    [Fact]
    public async Task Kill_byIdFromElsewhere_endsTheQuery()
    {
        var context = new FakeJobContext();
        var run = _lab.RunAsync(context, new { database = "ch", sql = "SELECT count() FROM system.numbers" }, TestContext.Current.CancellationToken);
        await UntilRunningAsync(context);
        await using var other = new SqlLab(servers.Settings);
        other.Databases.TryGet("ch", out var database).ShouldBeTrue();
        await database.KillAsync(context.QueryId, TestContext.Current.CancellationToken);
        (await RunningAsync(context)).ShouldBe("0");
        (await Should.ThrowAsync<PermanentJobException>(run)).Detail!.ShouldStartWith("code 394");
        await database.KillAsync(context.QueryId, TestContext.Current.CancellationToken); // again is harmless
    }

    [Fact]
    public async Task Query_leftoverOfTheSameAttempt_isReplaced()
    {
        var context = new FakeJobContext();
        var left = _lab.RunAsync(context, new { database = "ch", sql = "SELECT count() FROM system.numbers" }, TestContext.Current.CancellationToken);
        await UntilRunningAsync(context);
        (await _lab.RunAsync(context, new { database = "ch", sql = "SELECT 1" }, TestContext.Current.CancellationToken)).RowCount.ShouldBe(1);
        await Should.ThrowAsync<PermanentJobException>(left);
    }

    [Fact]
    public async Task Query_runsLong_reportsProgress()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeJobContext();
        var run = _lab.RunAsync(context, new { database = "ch", sql = "SELECT count() FROM system.numbers" }, stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (context.Reports.IsEmpty) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        context.Reports.ShouldContain(report => report.Message!.EndsWith("rows read by the server", StringComparison.Ordinal));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact]
    public async Task Query_syntaxError_tellsCodeAndPosition()
    {
        var error = await _lab.FailAsync("ch", "SELECT 'ñ',\n  1 FROM system.numbers WHERE ~ 3");
        error.Type.ShouldBe(SqlErrors.Syntax);
        error.Message.ShouldContain("line 2, column 31");
        error.Detail!.ShouldStartWith("code 62, line 2, column 31");
        (await _lab.FailAsync("ch", "selec 1")).Message.ShouldBe("Syntax error: failed at position 1: selec 1. (line 1, column 1)");
    }

    [Theory]
    [InlineData("SELECT * FROM nope", SqlErrors.UnknownTableType, "code 60")]
    [InlineData("SELECT nope", SqlErrors.Sql, "code 47")]
    [InlineData("SELECT 1; SELECT 2", SqlErrors.MultipleStatementsType, "line 1, column 9")]
    [InlineData("SELECT 1 FORMAT CSV", SqlErrors.Sql, null)]
    [InlineData("SELECT 1 FORMAT JSON", SqlErrors.Sql, null)]
    [InlineData("SELECT number, toString(number), throwIf(number = 300000) FROM system.numbers LIMIT 1000000", SqlErrors.Sql, "code 395")]
    public async Task Query_wrong_failsForGood(string sql, string type, string? detail)
    {
        var error = await _lab.FailAsync("ch", sql);
        error.Type.ShouldBe(type);
        if (detail is not null) error.Detail!.ShouldStartWith(detail);
    }

    [Fact]
    public async Task Query_midStreamError_isNotTakenForData()
    {
        // One text column whose last row looks like the server's own error text.
        var result = await _lab.RunAsync("ch", "SELECT 'Code: 395, e.displayText() = DB::Exception: no, e.what() = DB::Exception' AS t");
        result.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Query_serverSideRowLimit_isTooManyRows()
    {
        await using var lab = new SqlLab([.. servers.Settings, ("Databases:ch:Settings:max_rows_to_read", "1000")]);
        await servers.ClickHouse.QueryAsync("CREATE TABLE IF NOT EXISTS small ENGINE = Memory AS SELECT number FROM system.numbers LIMIT 100000");
        (await lab.FailAsync("ch", "SELECT * FROM small")).Type.ShouldBe(SqlErrors.TooManyRows);
    }

    [Fact]
    public async Task Query_timeLimit_endsTheQueryInTheServer()
    {
        var context = new FakeJobContext();
        var error = await Should.ThrowAsync<PermanentJobException>(() => _lab.RunAsync(context, new { database = "ch", sql = "SELECT count() FROM system.numbers", timeout = 0.4 }));
        error.Type.ShouldBe(SqlErrors.TimeLimitType);
        error.Message.ShouldContain("0.4 s");
        (await RunningAsync(context)).ShouldBe("0");
    }

    [Fact]
    public async Task Query_byteLimit_isRefusedAndEndsTheQueryInTheServer()
    {
        await using var lab = new SqlLab([.. servers.Settings, ("MaxResultBytes", "3000000")]);
        var context = new FakeJobContext();
        var error = await Should.ThrowAsync<PermanentJobException>(() => lab.RunAsync(context, new { database = "ch", sql = "SELECT number FROM system.numbers", limit = 50_000_000 }));
        error.Type.ShouldBe(SqlErrors.ResultTooLargeType);
        (await RunningAsync(context)).ShouldBe("0");
        (await lab.FailAsync("ch", "SELECT range(1000000)")).Message.ShouldContain("Row 1");
    }

    [Fact]
    public async Task Statement_withoutRows_succeeds()
    {
        await _lab.RunAsync("ch", "DROP TABLE IF EXISTS made");
        var created = await _lab.RunAsync("ch", "CREATE TABLE made (n UInt32) ENGINE = Memory");
        (created.RowCount, created.Columns.Count).ShouldBe((0, 0));
        await _lab.RunAsync(new FakeJobContext(), new { database = "ch", sql = "INSERT INTO made SELECT number FROM system.numbers LIMIT 200000", limit = 10 });
        await _lab.RunAsync("ch", "INSERT INTO made VALUES (1), (2);");
        (await _lab.RunAsync("ch", "SELECT count() FROM made")).FirstRows[0][0].GetString().ShouldBe("200002");
        var empty = await _lab.RunAsync("ch", "SELECT n FROM made WHERE 0");
        (empty.RowCount, empty.Columns[0].Name, empty.FirstRows.Count).ShouldBe((0, "n", 0));
        (await _lab.RunAsync("ch", "SELECT n % 3, count() FROM made GROUP BY n % 3 WITH TOTALS")).RowCount.ShouldBe(3);
    }

    [Fact]
    public async Task Query_withLogin_readsThePasswordFile()
    {
        var file = Path.Combine(TestMachine.NewFolder("login"), "password");
        await File.WriteAllTextAsync(file, ClickHouseServer.SecuredPassword);
        await using var lab = new SqlLab([.. servers.Settings, ("Databases:ch:User", "secured"), ("Databases:ch:PasswordFile", file), ("Databases:ch:Database", "system")]);
        (await lab.RunAsync("ch", "SELECT currentDatabase()")).FirstRows[0][0].GetString().ShouldBe("system");
        await File.WriteAllTextAsync(file, "wrong");
        (await Should.ThrowAsync<DatabaseUnreachableException>(() => lab.RunAsync("ch", "SELECT 1"))).Message.ShouldContain("refused the login");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Query_serverKilled_isANamedErrorAtOnce()
    {
        await using var server = await ClickHouseServer.StartAsync();
        await using var lab = new SqlLab(("Databases:ch:Kind", "ClickHouse"), ("Databases:ch:Url", server.Url.ToString()));
        var context = new FakeJobContext { KeepRows = false };
        var begun = new TaskCompletionSource();
        context.Stored = () => begun.TrySetResult();
        var run = lab.RunAsync(context, new { database = "ch", sql = "SELECT number FROM system.numbers", limit = 50_000_000 });
        var waiting = lab.RunAsync(new FakeJobContext(), new { database = "ch", sql = "SELECT count() FROM system.numbers" });
        await begun.Task;
        await server.KillAsync();
        (await Should.ThrowAsync<DatabaseConnectionLostException>(run)).Message.ShouldContain("'ch'");
        await Should.ThrowAsync<JobSystemException>(waiting);
        (await Should.ThrowAsync<DatabaseUnreachableException>(() => lab.RunAsync("ch", "SELECT 1"))).Message.ShouldContain(server.Url.Authority);
        (await lab.Databases.ListAsync(TestContext.Current.CancellationToken)).Select(database => (database.Name, database.Kind, database.Reachable)).ShouldBe([("ch", "ClickHouse", false), ("sample", "Sqlite", true)]);
    }

    [Fact]
    public async Task Cancel_serverDoesNotAnswer_saysUnconfirmed()
    {
        await using var server = await ClickHouseServer.StartAsync();
        await using var lab = new SqlLab(("Databases:ch:Kind", "ClickHouse"), ("Databases:ch:Url", server.Url.ToString()), ("StopTimeout", "00:00:01"));
        await server.KillAsync();
        lab.Databases.TryGet("ch", out var database).ShouldBeTrue();
        var error = await Should.ThrowAsync<StopUnconfirmedException>(() => database.KillAsync("molino-x-1", TestContext.Current.CancellationToken));
        error.InnerException.ShouldBeOfType<DatabaseUnreachableException>();
    }

    private Task<string> RunningAsync(FakeJobContext context) => servers.ClickHouse.QueryAsync($"SELECT count() FROM system.processes WHERE query_id = '{context.QueryId}'");

    private async Task UntilRunningAsync(FakeJobContext context)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await RunningAsync(context) == "0") await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
