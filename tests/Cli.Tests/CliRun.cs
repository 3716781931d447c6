using System.Diagnostics;

namespace Molino.Cli.Tests;

/// <summary>What a run of the real program left behind.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "molino.dll");

    /// <summary>Runs the program with its output in pipes.</summary>
    public static Task<CliRun> PipedAsync(string url, string[] args, string? input = null, Func<Process, Task>? meanwhile = null) =>
        RunAsync("dotnet", [Program, .. args], url, input, meanwhile);

    /// <summary>Runs the program on a terminal.</summary>
    public static Task<CliRun> OnTerminalAsync(string url, string[] args) =>
        RunAsync("script", ["-qec", "stty cols 160; " + string.Join(' ', new[] { "dotnet", Program }.Concat(args).Select(arg => $"'{arg}'")), "/dev/null"], url, null, null);

    private static async Task<CliRun> RunAsync(string file, string[] args, string url, string? input, Func<Process, Task>? meanwhile)
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.Environment["MOLINO_URL"] = url;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("MOLINO_KEY");
        using var process = Process.Start(start)!;
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (meanwhile is not null) await meanwhile(process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(50));
        await process.WaitForExitAsync(limit.Token);
        return new CliRun(process.ExitCode, await output, await error);
    }
}
