using Molino.Core;

namespace Molino.EndToEnd.Tests.Processes;

/// <summary>The process kind in a real silo: the silo serves as its own child runner, and no two runs of a job overlap.</summary>
public sealed class ProcessPoolTests
{
    private static readonly string[] Settings = ["--Pools:default:Queues=default", "--Pools:heavy:Kind=process", "--Pools:heavy:Queues=heavy", "--Pools:heavy:Concurrency=2"];

    [Fact]
    public async Task ProcessPool_RunsTheSameHandlers()
    {
        await using var silo = await SiloProcess.StartAsync(Settings);
        using var client = silo.Client;

        var job = await client.SubmitAsync("echo", new { hello = "mill" }, new() { Queue = "heavy" });

        (await job.ResultAsync<Dictionary<string, string>>(TimeSpan.FromSeconds(60)))!["hello"].ShouldBe("mill");
        (await job.ViewAsync()).Pool.ShouldBe("heavy");
    }

    [Theory]
    [InlineData("heavy")]
    [InlineData("default")]
    public async Task SiloKilled_WhileACommandForks_NoTwoRunsOverlap(string queue)
    {
        await using var silo = await SiloProcess.StartAsync(Settings);
        using var client = silo.Client;
        var log = Path.Combine(silo.Folder, "runs.log");
        var gate = Path.Combine(silo.Folder, "gate");
        // Each run says who it is, forks a grandchild in a session of its own that writes on for ever, and waits for the gate.
        var script = $"echo start $$ >> '{log}'; setsid sh -c 'while true; do echo beat '$$' >> \"{log}\"; sleep 0.05; done' & while [ ! -e '{gate}' ]; do sleep 0.05; done; echo end $$ >> '{log}'";
        var job = await client.SubmitAsync("process.run", new { command = new[] { "sh", "-c", script } }, new() { Queue = queue });
        await SiloProcess.UntilAsync(() => Task.FromResult(Lines(log).Any(line => line.StartsWith("beat", StringComparison.Ordinal))));

        await silo.KillAsync();
        await silo.StartAgainAsync();
        await SiloProcess.UntilAsync(() => Task.FromResult(Lines(log).Count(line => line.StartsWith("start", StringComparison.Ordinal)) == 2));
        await File.WriteAllTextAsync(gate, "");
        await job.ResultAsync<object>(TimeSpan.FromSeconds(60));

        var lines = Lines(log);
        var first = lines[0].Split(' ')[1];
        var second = Array.FindLastIndex(lines, line => line.StartsWith("start", StringComparison.Ordinal));
        lines[second..].ShouldAllBe(line => !line.EndsWith(" " + first, StringComparison.Ordinal), "the first run's tree was gone before the second began");
    }

    [Fact]
    public async Task Cancel_ACommandThatIgnoresTerm_EndsItsWholeTree()
    {
        await using var silo = await SiloProcess.StartAsync(Settings);
        using var client = silo.Client;
        var log = Path.Combine(silo.Folder, "runs.log");
        var script = $"trap '' TERM; setsid sh -c 'trap \"\" TERM; while true; do echo beat >> \"{log}\"; sleep 0.05; done' & while true; do sleep 0.05; done";
        var job = await client.SubmitAsync("process.run", new { command = new[] { "sh", "-c", script } }, new() { Queue = "heavy" });
        await SiloProcess.UntilAsync(() => Task.FromResult(Lines(log).Length > 0));

        await job.CancelAsync();
        await SiloProcess.UntilAsync(async () => (await job.ViewAsync()).IsTerminal);

        (await job.ViewAsync()).Status.ShouldBe(JobStatus.Cancelled);
        var beats = Lines(log).Length;
        await Task.Delay(300);
        Lines(log).Length.ShouldBe(beats, "cancelled means that nothing of it runs any more");
    }

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
}
