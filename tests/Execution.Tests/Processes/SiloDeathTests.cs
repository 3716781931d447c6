using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Molino.Execution.Processes;
using Molino.Execution.Tests.Host;

namespace Molino.Execution.Tests.Processes;

/// <summary>What a silo that is killed leaves behind, and what its next start does about it. The silo is a process of its own.</summary>
public sealed class SiloDeathTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // Records of a killed silo stay until its next start.
        await _silo.NewRun().EndLeftoversAsync(CancellationToken.None);
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task Silo_is_killed_while_a_job_forks_without_end_nothing_is_left_within_seconds()
    {
        var started = Path.Combine(_silo.Folder, "started");
        var script = $"i=0; while :; do sleep 1005 & (setsid sh -c 'sleep 1006 & sleep 1007' &) ; i=$((i+1)); [ $i = 20 ] && touch {started}; sleep 0.01; done";
        using var silo = StartSilo("process", "t.shell", new { script });
        await Eventually.HoldsAsync(() => File.Exists(started), "the job forks", 40);
        silo.Kill();
        await silo.WaitForExitAsync();
        await Eventually.HoldsAsync(() => _silo.Marked().Count == 0, "all children end", 20);
    }

    [Fact]
    public async Task Child_cannot_notice_that_its_silo_died_next_start_ends_it_before_it_returns()
    {
        var pidFile = Path.Combine(_silo.Folder, "pid");
        using var silo = StartSilo("process", "t.shell", new { script = $"echo $PPID > {pidFile}.new; mv {pidFile}.new {pidFile}; sleep 1008" });
        await Eventually.HoldsAsync(() => File.Exists(pidFile), "the job runs", 40);
        await SignalAsync("STOP", File.ReadAllText(pidFile).Trim());
        silo.Kill();
        await silo.WaitForExitAsync();
        _silo.Marked().Count.ShouldBeGreaterThanOrEqualTo(2);
        _silo.Records().Length.ShouldBe(1);

        await _silo.Runner().StartAsync(CancellationToken.None);
        _silo.Marked().ShouldBeEmpty();
        _silo.Records().ShouldBeEmpty();
    }

    [Fact]
    public async Task Silo_is_killed_with_an_inline_command_next_start_ends_the_command()
    {
        var started = Path.Combine(_silo.Folder, "started");
        using var silo = StartSilo("inline", "process.run", new { command = new[] { "sh", "-c", $"touch {started}; sleep 1009" } });
        await Eventually.HoldsAsync(() => File.Exists(started), "the command runs", 40);
        silo.Kill();
        await silo.WaitForExitAsync();
        _silo.Marked().ShouldNotBeEmpty();
        await _silo.NewRun().EndLeftoversAsync(CancellationToken.None);
        _silo.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_silo_held_a_lock_in_its_job_the_next_run_of_the_job_gets_it()
    {
        var file = Path.Combine(_silo.Folder, "lock");
        using var silo = StartSilo("process", "t.lock", new { file, hold = true });
        await Eventually.HoldsAsync(() => File.Exists(file + ".held"), "the lock is held", 40);
        silo.Kill();
        await silo.WaitForExitAsync();

        var runner = _silo.Runner();
        await runner.StartAsync(CancellationToken.None);
        (await TestSilo.ResultAsync(runner, "t.lock", JsonSerializer.Serialize(new { file, hold = false }))).ShouldBe("\"mine\"");
    }

    [Fact]
    public async Task Record_names_a_process_id_used_again_that_process_is_left_alone()
    {
        using var stranger = Process.Start("sleep", ["1010"]);
        try
        {
            var identity = ProcessIdentity.Of(stranger.Id).ShouldNotBeNull();
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var record = new RunnerRecord(identity.Pid, identity.Start - 1, identity.Pid, int.MaxValue, 1, boot, "none");
            Directory.CreateDirectory(Path.Combine(_silo.Folder, "runners"));
            File.WriteAllText(Path.Combine(_silo.Folder, "runners", $"{identity.Pid}.json"), JsonSerializer.Serialize(record));
            await _silo.Runner().StartAsync(CancellationToken.None);
            stranger.HasExited.ShouldBeFalse();
            _silo.Records().ShouldBeEmpty();
        }
        finally
        {
            stranger.Kill();
            await stranger.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Silo_that_still_runs_keeps_its_children()
    {
        var pid = await TestSilo.ResultAsync(_silo.Runner(), "t.pid");
        await _silo.NewRun().EndLeftoversAsync(CancellationToken.None);
        _silo.Marked().Single().Pid.ShouldBe(int.Parse(pid, CultureInfo.InvariantCulture));
    }

    private static async Task SignalAsync(string signal, string pid)
    {
        using var kill = Process.Start("kill", ["-" + signal, pid]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private Process StartSilo(string kind, string type, object args) =>
        Process.Start(TestSilo.HostCommand.FileName, [kind, _silo.Folder, type, JsonSerializer.Serialize(args)]);
}
