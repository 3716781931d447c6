using Molino.Core;
using Molino.TestServers;
using SQLitePCL;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class SqliteTests : IAsyncLifetime
{
    private const string Endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

    private readonly string _folder = TestMachine.NewFolder("sqlite");
    private SqlLab _lab = null!;

    public ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder, "a b?%.db");
        Batteries_V2.Init();
        raw.sqlite3_open(file, out var connection).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(connection, "CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, any); INSERT INTO t VALUES (9007199254740993, 0.1, 'áß😀 \"q\" ''x'' ' || char(10) || char(0) || 'z', x'00ff10', NULL), (-9007199254740992, 1e999, '', x'', 'mixed')").ShouldBe(raw.SQLITE_OK);
        connection.Dispose();
        _lab = new SqlLab(("Databases:file:Kind", "Sqlite"), ("Databases:file:Path", file), ("Databases:gone:Kind", "Sqlite"), ("Databases:gone:Path", Path.Combine(_folder, "gone.db")));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Query_types_areExact()
    {
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(context, new { database = "file", sql = "SELECT *, 1 + 1 AS e FROM t ORDER BY rowid" }, TestContext.Current.CancellationToken);
        context.AllRows.Select(row => row.GetRawText()).ShouldBe(
        [
            """["9007199254740993",0.1,"áß\uD83D\uDE00 \"q\" 'x' \n\u0000z",{"base64":"AP8Q"},null,2]""",
            """[-9007199254740992,"inf","",{"base64":""},"mixed",2]""",
        ]);
        result.Columns.Select(column => column.Type).ShouldBe(["INTEGER", "REAL", "TEXT", "BLOB", "ANY", "INTEGER"]);
        result.Columns.ShouldAllBe(column => column.Kind == SqlColumnKind.Dynamic);
    }

    [Fact]
    public async Task Sample_firstQuery_worksAtOnceAndIsTheSameEverywhere()
    {
        var result = await _lab.RunAsync(SqlLabOptions.SampleName, "SELECT month, orders, amount FROM monthly_sales");
        (result.RowCount, result.FirstRows[0].GetRawText()).ShouldBe((24, "[\"2024-01\",165,55002.05]"));
        await using var other = new SqlLab();
        (await other.RunAsync(SqlLabOptions.SampleName, "SELECT count(*), sum(amount) FROM order_lines")).FirstRows[0][0].GetInt32().ShouldBe(10_000);
    }

    [Theory]
    [InlineData("DELETE FROM t", SqlErrors.Sql, "code 8")]
    [InlineData("ATTACH 'other.db' AS other", SqlErrors.Sql, "code 1")]
    [InlineData("VACUUM INTO 'copy.db'", SqlErrors.Sql, "code 1")]
    [InlineData("SELECT 'ñ',\n 1 FROM FROM t", SqlErrors.Syntax, "code 1, line 2, column 9")]
    [InlineData("SELECT", SqlErrors.Syntax, "code 1")]
    [InlineData("-- nothing", SqlErrors.Syntax, "code 1")]
    [InlineData("SELECT * FROM nope", SqlErrors.UnknownTableType, "code 1")]
    [InlineData("SELECT nope FROM t", SqlErrors.Sql, "code 1, line 1, column 8")]
    [InlineData("SELECT 1; SELECT 2", SqlErrors.MultipleStatementsType, "line 1, column 10")]
    [InlineData("SELECT randomblob(100000000)", SqlErrors.Sql, "code 18")]
    public async Task Query_wrong_failsForGood(string sql, string type, string detail)
    {
        var error = await _lab.FailAsync("file", sql);
        error.Type.ShouldBe(type);
        error.Detail!.ShouldStartWith(detail);
    }

    [Fact]
    public async Task Query_semicolonsAndComments_areFine() => (await _lab.RunAsync("file", "; -- x\n SELECT 1 ; /* y */ ; ")).RowCount.ShouldBe(1);

    [Fact]
    public async Task Query_limit_truncates()
    {
        var context = new FakeJobContext();
        var result = await _lab.RunAsync(context, new { database = "file", sql = Endless + "SELECT i FROM n", limit = 300_000 }, TestContext.Current.CancellationToken);
        (result.RowCount, result.Truncated, context.Rows).ShouldBe((300_000, true, 300_000));
        var empty = await _lab.RunAsync("file", "SELECT i FROM t WHERE 0");
        (empty.RowCount, empty.Truncated, empty.Columns[0].Type).ShouldBe((0, false, "INTEGER"));
    }

    [Fact]
    public async Task Cancel_whileItRuns_returns()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeJobContext { KeepRows = false, StopReason = StopReason.CancelRequested };
        context.Stored = stop.Cancel;
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(context, new { database = "file", sql = Endless + "SELECT i FROM n" }, stop.Token));
    }

    [Fact]
    public async Task Query_timeLimit_isNamed()
    {
        var error = await Should.ThrowAsync<PermanentJobException>(() => _lab.RunAsync(new FakeJobContext(), new { database = "file", sql = Endless + "SELECT count(*) FROM n", timeout = 0.2 }));
        error.Type.ShouldBe(SqlErrors.TimeLimitType);
    }

    [Fact]
    public async Task Query_softLimitOfTheJob_isATimeLimit()
    {
        using var soft = new CancellationTokenSource();
        var context = new FakeJobContext { KeepRows = false, StopReason = StopReason.SoftTimeLimit };
        context.Stored = soft.Cancel;
        var error = await Should.ThrowAsync<PermanentJobException>(() => _lab.RunAsync(context, new { database = "file", sql = Endless + "SELECT i FROM n" }, soft.Token));
        error.Type.ShouldBe(SqlErrors.TimeLimitType);
    }

    [Fact]
    public async Task Kill_byId_endsTheQuery()
    {
        var context = new FakeJobContext();
        var begun = new TaskCompletionSource();
        context.Stored = () => begun.TrySetResult();
        var run = _lab.RunAsync(context, new { database = "file", sql = Endless + "SELECT i FROM n", limit = 50_000_000 });
        await begun.Task;
        _lab.Databases.TryGet("file", out var database).ShouldBeTrue();
        await database.KillAsync(context.QueryId, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<PermanentJobException>(run)).Message.ShouldContain("stopped by its id");
    }

    [Fact]
    public async Task Query_byteLimit_isRefused()
    {
        await using var lab = new SqlLab(("MaxResultBytes", "2000"));
        (await lab.FailAsync("sample", "SELECT * FROM orders")).Type.ShouldBe(SqlErrors.ResultTooLargeType);
    }

    [Fact]
    public async Task Database_fileMissing_isUnreachable()
    {
        (await Should.ThrowAsync<DatabaseUnreachableException>(() => _lab.RunAsync("gone", "SELECT 1"))).Message.ShouldContain("'gone'");
        (await _lab.Databases.ListAsync(TestContext.Current.CancellationToken)).Select(database => (database.Name, database.Reachable)).ShouldBe([("file", true), ("gone", false), ("sample", true)]);
    }

    [Fact]
    public async Task Database_unknown_failsForGoodAndListsTheKnown()
    {
        var error = await _lab.FailAsync("nope", "SELECT 1");
        (error.Type, error.Message).ShouldBe((SqlErrors.UnknownDatabaseType, "No database 'nope' is configured; known: file, gone, sample."));
    }
}
