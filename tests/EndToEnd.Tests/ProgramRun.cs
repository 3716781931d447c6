using System.Diagnostics;
using System.Text;

namespace Molino.EndToEnd.Tests;

/// <summary>A program that runs to its end, with what it printed.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<ProgramRun> RunAsync(string program, string? folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? "" };
        foreach (var arg in (string[])["exec", program, .. args]) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(new StringBuilder($"{program} did not end in {Limit}: ").AppendJoin(' ', args).AppendLine().Append(await output).Append(await errors).ToString(), error);
        }

        return new ProgramRun(process.ExitCode, await output, await errors);
    }
}
