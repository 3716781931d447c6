using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Execution.Inline;
using Molino.Execution.Processes;
using Molino.Execution.Tests.Host;

namespace Molino.Execution.Tests.Processes;

/// <summary>The job type <c>process.run</c> and the supervision under it, inline.</summary>
public sealed class ProcessRunTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Command_succeeds_output_is_the_log_and_the_result_its_exit_code()
    {
        using var attempt = Attempt("echo \"$GREETING $(cat)\"; echo err >&2; pwd", env: new() { ["GREETING"] = "hello" }, cwd: "/", stdin: "from stdin");
        (await Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Returned>();
        attempt.Recorded.Lines.Order(StringComparer.Ordinal).ShouldBe(["/", "err", "hello from stdin"]);
    }

    [Fact]
    public async Task Command_fails_attempt_fails_with_code_and_last_output()
    {
        using var attempt = Attempt("echo the reason; exit 3");
        var failed = (await Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Failed>();
        failed.Permanent.ShouldBeFalse();
        failed.Error.ShouldBe(new Core.JobError("ProcessExited", "The command 'sh' ended with exit code 3.", "the reason"));
    }

    [Fact]
    public async Task Stop_ends_the_whole_tree_before_the_attempt_ends()
    {
        using var attempt = Attempt("trap '' TERM; (setsid sh -c 'trap \"\" TERM; sleep 1011' &) ; echo started $$; sleep 1012");
        var run = Runner().RunAsync(attempt, CancellationToken.None);
        var pid = int.Parse(await attempt.Recorded.LineAsync("started "), CultureInfo.InvariantCulture);
        var leader = ProcessTable.TryRead(pid).ShouldNotBeNull();
        leader.Session.ShouldBe(pid);
        attempt.Stop(StopReason.CancelRequested);
        (await run).ShouldBeOfType<AttemptEnd.Stopped>();
        _silo.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task Command_leaves_a_process_in_the_background_it_is_ended_with_it()
    {
        using var attempt = Attempt("(setsid sleep 1013 &) ; echo done");
        (await Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Returned>();
        _silo.Marked().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"command":["no-such-command"]}""", "CommandNotFound")]
    [InlineData("""{"command":["./no-such-file"]}""", "CommandNotFound")]
    [InlineData("""{"command":["true"],"cwd":"/no/such/folder"}""", "DirectoryNotFound")]
    [InlineData("""{"command":[]}""", "InvalidArguments")]
    [InlineData("""{"command":["a\u0000b"]}""", "InvalidArguments")]
    public async Task Command_cannot_run_failure_is_named_and_permanent(string args, string type)
    {
        var failed = await TestSilo.FailureAsync(Runner(), "process.run", args);
        failed.Error.Type.ShouldBe(type);
        failed.Permanent.ShouldBeTrue();
    }

    [Fact]
    public async Task Command_writes_a_lot_every_line_arrives_in_bounded_pieces()
    {
        using var attempt = Attempt("seq 1 20000; head -c 20000 /dev/zero | tr '\\0' x");
        (await Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Returned>();
        var lines = attempt.Recorded.Lines.ToList();
        lines.Take(20_000).ShouldBe(Enumerable.Range(1, 20_000).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        lines.Skip(20_000).Sum(line => line.Length).ShouldBe(20_000);
        lines.ShouldAllBe(line => line.Length <= 8192);
    }

    [Fact]
    public async Task Command_runs_in_a_child_runner_kill_ends_it_with_the_child()
    {
        using var attempt = Attempt("trap '' TERM; echo started; sleep 1014");
        using var kill = new CancellationTokenSource();
        var run = _silo.Runner().RunAsync(attempt, kill.Token);
        await attempt.Recorded.LineAsync("started");
        await kill.CancelAsync();
        (await run).ShouldBeOfType<AttemptEnd.Killed>();
        _silo.Marked().ShouldBeEmpty();
    }

    private static HostAttempt Attempt(string script, Dictionary<string, string>? env = null, string? cwd = null, string? stdin = null) =>
        new("process.run", JsonSerializer.Serialize(new { command = new[] { "sh", "-c", script }, env, cwd, stdin }));

    private InlineRunner Runner() => new(
        new ServiceCollection().AddSingleton<IProcessSupervisor>(new ProcessSupervisor(_silo.Processes, TimeProvider.System)).BuildServiceProvider(),
        TimeProvider.System,
        NullLogger<InlineRunner>.Instance);
}
