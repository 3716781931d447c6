using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Execution.Processes;
using Molino.Execution.Tests.Host;

namespace Molino.Execution.Tests;

/// <summary>A data folder, the processes that carry its mark, and runners on it. Disposal fails the test when any process is left.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly List<ProcessRunner> _runners = [];

    public TestSilo()
    {
        Folder = Directory.CreateTempSubdirectory("molino-execution-").FullName;
        Processes = NewRun();
    }

    public static ChildCommand HostCommand { get; } = new(Path.Combine(AppContext.BaseDirectory, "Molino.Execution.Tests.Host"), []);

    public string Folder { get; }

    public SiloProcesses Processes { get; }

    public RecordingLog Log { get; } = new();

    public SiloProcesses NewRun() => new(Folder, Folder, TimeProvider.System, NullLogger<SiloProcesses>.Instance);

    public ProcessRunner Runner(Func<ProcessRunnerOptions, ProcessRunnerOptions>? change = null)
    {
        var options = new ProcessRunnerOptions { Pool = "test", Concurrency = 4, Command = HostCommand, KillGrace = TimeSpan.FromMilliseconds(300), MaxStartBackoff = TimeSpan.FromMilliseconds(60) };
        var runner = new ProcessRunner(change is null ? options : change(options), Processes, TimeProvider.System, new Logger<ProcessRunner>(Log));
        _runners.Add(runner);
        return runner;
    }

    /// <summary>What runs with the mark of this silo, whichever run of it started it.</summary>
    internal List<ProcessEntry> Marked()
    {
        var beginning = Processes.EntryBeginning;
        return ProcessTable.Read().FindAll(entry =>
            entry.IsRunning && ProcessTable.TryReadEnvironment(entry.Pid) is { } environment && ProcessMark.Find(environment, beginning) is not null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners) await runner.DisposeAsync();
        Marked().ShouldBeEmpty(string.Join('\n', Log.Lines));
        Records().ShouldBeEmpty();
        Directory.Delete(Folder, recursive: true);
    }

    public string[] Records() => Directory.Exists(Path.Combine(Folder, "runners")) ? Directory.GetFiles(Path.Combine(Folder, "runners")) : [];

    /// <summary>Runs a job to its end, which must be a result, and gives that.</summary>
    public static async Task<string> ResultAsync(IAttemptRunner runner, string type, string args = "{}")
    {
        using var attempt = new HostAttempt(type, args);
        var end = await runner.RunAsync(attempt, CancellationToken.None);
        return Encoding.UTF8.GetString(end.ShouldBeOfType<AttemptEnd.Returned>().Json.Span);
    }

    public static async Task<AttemptEnd.Failed> FailureAsync(IAttemptRunner runner, string type, string args = "{}")
    {
        using var attempt = new HostAttempt(type, args);
        return (await runner.RunAsync(attempt, CancellationToken.None)).ShouldBeOfType<AttemptEnd.Failed>();
    }
}
