using System.Globalization;
using System.Text.Json;
using Molino.Core;
using Molino.Execution.Processes;
using Molino.Execution.Tests.Host;

namespace Molino.Execution.Tests.Processes;

public sealed class ProcessRunnerTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Jobs_follow_each_other_in_one_warm_child()
    {
        var runner = _silo.Runner();
        (await TestSilo.ResultAsync(runner, "echo", """{ "n" : 1.50, "s":"\u00e9" }""")).ShouldBe("""{ "n" : 1.50, "s":"\u00e9" }""");
        var first = await TestSilo.ResultAsync(runner, "t.pid");
        first.ShouldNotBe(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        (await TestSilo.ResultAsync(runner, "t.pid")).ShouldBe(first);
        _silo.Records().Length.ShouldBe(1);
        var child = ProcessTable.TryRead(int.Parse(first, CultureInfo.InvariantCulture)).ShouldNotBeNull();
        child.Session.ShouldBe(child.Pid);
        child.Group.ShouldBe(child.Pid);
    }

    [Fact]
    public async Task Child_reaches_its_number_of_jobs_it_is_replaced()
    {
        var runner = _silo.Runner(options => options with { MaxJobsPerChild = 2 });
        var pids = new List<string>();
        for (var i = 0; i < 3; i++) pids.Add(await TestSilo.ResultAsync(runner, "t.pid"));
        pids[1].ShouldBe(pids[0]);
        pids[2].ShouldNotBe(pids[0]);
    }

    [Fact]
    public async Task Child_holds_too_much_memory_it_is_replaced()
    {
        var runner = _silo.Runner(options => options with { MaxMemoryMb = 250 });
        var first = await TestSilo.ResultAsync(runner, "t.memory", """{"mb":1}""");
        (await TestSilo.ResultAsync(runner, "t.memory", """{"mb":300}""")).ShouldBe(first);
        (await TestSilo.ResultAsync(runner, "t.pid")).ShouldNotBe(first);
    }

    [Fact]
    public async Task Handler_and_its_commands_write_output_goes_to_the_log_and_the_result_is_whole()
    {
        using var attempt = new HostAttempt("t.console");
        (await _silo.Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Returned>();
        attempt.Recorded.Lines.ShouldBe(["from Console.Out", "from Console.Error", "from a command", "its errors", "no line end"]);
    }

    [Fact]
    public async Task Child_exits_attempt_fails_with_code_and_last_output_and_the_next_job_runs()
    {
        var runner = _silo.Runner();
        var failed = await TestSilo.FailureAsync(runner, "t.exit", """{"code":42}""");
        failed.Permanent.ShouldBeFalse();
        failed.Error.Type.ShouldBe(JobError.ChildProcessExited);
        failed.Error.Message.ShouldContain("exit code 42");
        failed.Error.Detail.ShouldNotBeNull().ShouldContain("last words");
        failed.Error.Detail.ShouldContain("said by Log");
        await TestSilo.ResultAsync(runner, "t.pid");
    }

    [Theory]
    [InlineData("KILL", "SIGKILL", "last words")]
    [InlineData("ABRT", "SIGABRT", "FailFast")]
    public async Task Child_dies_by_signal_attempt_fails_with_its_name(string signal, string name, string output)
    {
        var failed = await TestSilo.FailureAsync(_silo.Runner(), "t.kill-self", $$"""{"signal":"{{signal}}"}""");
        failed.Error.Type.ShouldBe(JobError.ChildProcessExited);
        failed.Error.Message.ShouldContain(name);
        failed.Error.Detail.ShouldNotBeNull().ShouldContain(output);
    }

    [Fact]
    public async Task Killed_tree_ignores_term_and_hides_nothing_of_it_is_left()
    {
        // A grandchild in a session of its own, its parent gone, deaf to TERM; another one has no mark in its environment.
        const string Script = "trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo hidden $$; sleep 1000' &) ; (env -i sh -c 'trap \"\" TERM; echo unmarked $$; sleep 1001' &) ; sleep 1002";
        using var attempt = new HostAttempt("t.shell", JsonSerializer.Serialize(new { script = Script }));
        using var kill = new CancellationTokenSource();
        var run = _silo.Runner().RunAsync(attempt, kill.Token);
        var pids = new List<int>();
        foreach (var name in new[] { "pid ", "hidden ", "unmarked " }) pids.Add(await PidAsync(attempt, name));
        await kill.CancelAsync();
        (await run).ShouldBeOfType<AttemptEnd.Killed>().LastOutput.ShouldNotBeNull().ShouldContain("hidden");
        foreach (var pid in pids) (ProcessTable.TryRead(pid) is { IsRunning: true }).ShouldBeFalse();
        _silo.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task Handler_blocks_kill_ends_it_all_the_same()
    {
        using var attempt = new HostAttempt("t.block");
        using var kill = new CancellationTokenSource();
        var run = _silo.Runner().RunAsync(attempt, kill.Token);
        var pid = await PidAsync(attempt, "pid ");
        await kill.CancelAsync();
        (await run).ShouldBeOfType<AttemptEnd.Killed>();
        (ProcessTable.TryRead(pid) is { IsRunning: true }).ShouldBeFalse();
    }

    [Fact]
    public async Task Stop_reaches_the_handler_with_its_reason_and_the_child_stays()
    {
        var runner = _silo.Runner();
        using var attempt = new HostAttempt("t.wait");
        var run = runner.RunAsync(attempt, CancellationToken.None);
        var pid = await PidAsync(attempt, "pid ");
        attempt.Stop(StopReason.SoftTimeLimit);
        (await run).ShouldBeOfType<AttemptEnd.Stopped>();
        attempt.Recorded.Lines.ShouldContain("stopped by SoftTimeLimit");
        (await TestSilo.ResultAsync(runner, "t.pid")).ShouldBe(pid.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ends_of_a_handler_cross_the_pipe()
    {
        var runner = _silo.Runner();
        using var snooze = new HostAttempt("t.snooze");
        (await runner.RunAsync(snooze, CancellationToken.None)).ShouldBe(new AttemptEnd.Snoozed(TimeSpan.FromSeconds(90)));
        (await TestSilo.FailureAsync(runner, "t.permanent")).ShouldBe(new AttemptEnd.Failed(new JobError("SqlError", "no such table", "line 3"), true));
        (await TestSilo.FailureAsync(runner, "sleep", """{"seconds":"x"}""")).Error.Type.ShouldBe("InvalidArguments");
        (await TestSilo.FailureAsync(runner, "t.unknown")).Error.Type.ShouldBe("UnknownType");
    }

    [Fact]
    public async Task Handler_throws_megabytes_attempt_fails_with_the_beginning_and_the_child_stays()
    {
        var runner = _silo.Runner();
        var pid = await TestSilo.ResultAsync(runner, "t.pid");
        var failed = (await RunAsync(runner, "t.long-message", """{"characters":5000000}""")).ShouldBeOfType<AttemptEnd.Failed>();
        failed.Error.Type.ShouldBe("FormatException");
        failed.Error.Message.ShouldBe(new string('\u00e9', JobError.MaxMessageLength - 3) + "...");
        failed.Permanent.ShouldBeFalse();
        (await TestSilo.ResultAsync(runner, "t.pid")).ShouldBe(pid);
    }

    [Fact]
    public async Task End_cannot_be_told_attempt_fails_at_once_with_the_reason_and_the_next_job_runs()
    {
        var runner = _silo.Runner();
        var failed = (await RunAsync(runner, "t.close-console")).ShouldBeOfType<AttemptEnd.Failed>();
        failed.Error.Type.ShouldBe(JobError.ChildProcessExited);
        failed.Error.Detail.ShouldNotBeNull().ShouldContain("ObjectDisposedException");
        await TestSilo.ResultAsync(runner, "t.pid");
    }

    [Fact]
    public async Task Context_is_asked_across_the_pipe_effects_happen_once()
    {
        var runner = _silo.Runner();
        using var attempt = new HostAttempt("t.context");
        var first = Json(await runner.RunAsync(attempt, CancellationToken.None));
        var second = Json(await runner.RunAsync(attempt, CancellationToken.None));
        second.GetProperty("effect").GetGuid().ShouldBe(first.GetProperty("effect").GetGuid());
        first.GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
        second.GetProperty("before").GetInt32().ShouldBe(1);
        first.GetProperty("attempt").GetInt32().ShouldBe(1);
        first.GetProperty("hard").GetDouble().ShouldBe(300);
        first.GetProperty("child").GetString().ShouldBe(JobId.Create(DateTimeOffset.UnixEpoch, 7).ToString());
        attempt.Recorded.Items.ToString().ShouldBe("[2]1\n2\n[2]1\n2\n");
        attempt.Recorded.Data["child:first"].ShouldBe("""echo{"a":1}""");
        attempt.Recorded.Progress.ShouldContain("""0.5 half {"rows":3}""");
    }

    [Fact]
    public async Task Progress_data_is_too_large_handler_gets_the_error_and_the_child_stays()
    {
        var runner = _silo.Runner();
        var pid = await TestSilo.ResultAsync(runner, "t.report", """{"characters":8190}""");
        var failed = await TestSilo.FailureAsync(runner, "t.report", """{"characters":8191}""");
        failed.Error.Type.ShouldBe("ArgumentException");
        failed.Error.Message.ShouldContain("8 KiB");
        (await TestSilo.ResultAsync(runner, "t.pid")).ShouldBe(pid);
    }

    [Fact]
    public async Task Silo_refuses_progress_job_goes_on_and_its_log_says_so()
    {
        using var attempt = new HostAttempt("t.report", """{"characters":1}""");
        attempt.Recorded.RefusesProgress = true;
        (await _silo.Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Returned>();
        attempt.Recorded.Lines.ShouldHaveSingleItem().ShouldContain("No progress is taken here.");
    }

    [Fact]
    public async Task Effect_throws_handler_sees_its_own_exception_and_nothing_is_stored()
    {
        using var attempt = new HostAttempt("t.effect-fails");
        Json(await _silo.Runner().RunAsync(attempt, CancellationToken.None)).GetString().ShouldBe("in the effect");
        attempt.Recorded.Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lease_is_lost_call_throws_in_the_child_with_the_code()
    {
        using var attempt = new HostAttempt("t.save");
        attempt.Recorded.LeaseLost = true;
        (await _silo.Runner().RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Failed>().Error.Message.ShouldBe("The lease was lost.");
    }

    [Fact]
    public async Task Results_up_to_64_MiB_come_whole_larger_ones_fail_by_name()
    {
        var runner = _silo.Runner();
        (await TestSilo.ResultAsync(runner, "t.large", """{"bytes":67108000}""")).Length.ShouldBe(67_108_002);
        var failed = await TestSilo.FailureAsync(runner, "t.large", """{"bytes":67108865}""");
        failed.Error.Type.ShouldBe("ResultTooLarge");
        failed.Permanent.ShouldBeTrue();
    }

    [Fact]
    public async Task Handler_leaves_a_process_behind_it_is_ended_with_the_attempt()
    {
        using var attempt = new HostAttempt("t.shell", """{"script":"(setsid sleep 1003 & echo background $!) & wait"}""");
        var end = await _silo.Runner().RunAsync(attempt, CancellationToken.None);
        end.ShouldBeOfType<AttemptEnd.Returned>();
        var pid = await PidAsync(attempt, "background ");
        (ProcessTable.TryRead(pid) is { IsRunning: true }).ShouldBeFalse();
        _silo.Marked().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_at_once_run_in_a_child_each_and_shrinking_ends_idle_ones()
    {
        var runner = _silo.Runner();
        var attempts = Enumerable.Range(0, 3).Select(_ => new HostAttempt("t.wait")).ToList();
        var runs = attempts.ConvertAll(attempt => runner.RunAsync(attempt, CancellationToken.None));
        var pids = new HashSet<int>();
        foreach (var attempt in attempts) pids.Add(await PidAsync(attempt, "pid "));
        pids.Count.ShouldBe(3);
        foreach (var attempt in attempts) attempt.Stop(StopReason.CancelRequested);
        foreach (var run in runs) (await run).ShouldBeOfType<AttemptEnd.Stopped>();
        _silo.Marked().Count.ShouldBe(3);
        runner.Resize(1);
        await Eventually.HoldsAsync(() => _silo.Marked().Count == 1, "two idle children end");
    }

    [Fact]
    public async Task Runner_is_disposed_idle_and_running_children_are_gone()
    {
        var runner = _silo.Runner();
        using var running = new HostAttempt("t.ignore");
        await TestSilo.ResultAsync(runner, "t.pid");
        var run = runner.RunAsync(running, CancellationToken.None);
        await PidAsync(running, "pid ");
        await runner.DisposeAsync();
        (await run).ShouldBeOfType<AttemptEnd.Killed>();
        _silo.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task Idle_child_was_killed_next_job_gets_a_new_one()
    {
        var runner = _silo.Runner();
        var pid = int.Parse(await TestSilo.ResultAsync(runner, "t.pid"), CultureInfo.InvariantCulture);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-9", pid.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await Eventually.HoldsAsync(() => _silo.Marked().Count == 0, "the child ends");
        using var attempt = new HostAttempt("t.pid");
        var end = await runner.RunAsync(attempt, CancellationToken.None);

        // The silo may learn of the end only when it hands over the job: then the attempt fails by name, and the next one runs.
        if (end is AttemptEnd.Failed failed) failed.Error.Type.ShouldBe(JobError.ChildProcessExited);
        await TestSilo.ResultAsync(runner, "t.pid");
    }

    [Theory]
    [InlineData("/nonexistent", "No such file")]
    [InlineData("/bin/false", "ended before it was ready")]
    [InlineData("/bin/pwd", "TryRunAsync")]
    public async Task Child_does_not_start_attempt_fails_by_name_and_it_is_logged(string program, string why)
    {
        var runner = _silo.Runner(options => options with { Command = new ChildCommand(program, []) });
        for (var i = 0; i < 2; i++)
        {
            var failed = await TestSilo.FailureAsync(runner, "t.pid");
            failed.Error.Type.ShouldBe("ChildProcessNotStarted");
            failed.Error.Message.ShouldContain(why);
            failed.Permanent.ShouldBeFalse();
        }

        _silo.Log.Lines.ShouldContain(line => line.StartsWith("Error") && line.Contains(why));
    }

    [Fact]
    public async Task Child_is_not_ready_in_time_it_is_killed_and_the_attempt_fails()
    {
        var runner = _silo.Runner(options => options with { Command = new ChildCommand("/bin/sleep", ["1004"]), StartTimeout = TimeSpan.FromMilliseconds(200) });
        (await TestSilo.FailureAsync(runner, "t.pid")).Error.Message.ShouldContain("not ready");
        _silo.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task Handler_logs_to_a_logger_silo_log_has_it()
    {
        await TestSilo.ResultAsync(_silo.Runner(), "t.logger");
        _silo.Log.Lines.ShouldContain(line => line.StartsWith("Warning") && line.Contains("said by the handler"));
    }

    private static async Task<int> PidAsync(HostAttempt attempt, string name) => int.Parse(await attempt.Recorded.LineAsync(name), CultureInfo.InvariantCulture);

    /// <summary>Runs a job that would hang if its end were not told; it is killed then.</summary>
    private static async Task<AttemptEnd> RunAsync(ProcessRunner runner, string type, string args = "{}")
    {
        using var attempt = new HostAttempt(type, args);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await runner.RunAsync(attempt, patience.Token);
    }

    private static JsonElement Json(AttemptEnd end) => JsonSerializer.Deserialize<JsonElement>(end.ShouldBeOfType<AttemptEnd.Returned>().Json.Span);
}
