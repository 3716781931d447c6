using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Molino.Core;

namespace Molino.Execution.Processes;

/// <summary>Runs external commands as <see cref="IProcessSupervisor"/> says.</summary>
public sealed class ProcessSupervisor : IProcessSupervisor
{
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private readonly SiloProcesses? _silo;
    private readonly TimeProvider _time;

    /// <summary>Creates it.</summary>
    /// <param name="silo">The silo's processes, whose mark commands carry; null in a child runner, where they inherit the runner's.</param>
    /// <param name="time">The clock.</param>
    public ProcessSupervisor(SiloProcesses? silo, TimeProvider time)
    {
        _silo = silo;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<ProcessExit> RunAsync(ProcessCommand command, Action<ProcessLine> onLine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(onLine);
        ArgumentOutOfRangeException.ThrowIfZero(command.Command.Count, nameof(command));
        cancellationToken.ThrowIfCancellationRequested();
        var mark = Guid.NewGuid().ToString("N");
        using var process = Start(StartInfo(command, mark), command.Command[0]);

        // The session leader's identity; one that is gone already leaves only the mark to go by.
        var tree = new ProcessTree(ProcessIdentity.Of(process.Id), $"{ProcessMark.CommandVariable}={mark}");
        var output = new CommandOutput(process, onLine);
        var input = WriteInputAsync(process, command.StandardInput);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await ProcessTreeEnding.EndAsync(tree, root: null, command.KillGrace, settled: null, _time).ConfigureAwait(false);
            await FinishAsync(process, output, input).ConfigureAwait(false);
            throw;
        }

        // What it left in the background holds its output open, and is not its caller's any more.
        await ProcessTreeEnding.KillAsync(tree, root: null, _time, CancellationToken.None).ConfigureAwait(false);
        await FinishAsync(process, output, input).ConfigureAwait(false);
        return new ProcessExit(process.ExitCode, output.LastOutput);
    }

    private static Process Start(ProcessStartInfo info, string program)
    {
        try
        {
            return Process.Start(info) ?? throw new PermanentJobException("CommandNotFound", $"The command '{program}' was not started.");
        }
        catch (Win32Exception error)
        {
            throw new AttemptFailedException("ProcessNotStarted", $"The command '{program}' was not started: {error.Message}", inner: error);
        }
    }

    private static async Task WriteInputAsync(Process process, string? text)
    {
        try
        {
            if (text is not null) await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            await process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It ended, or closed its input, before it had read all of it: its own affair.
        }
    }

    private async Task FinishAsync(Process process, CommandOutput output, Task input)
    {
        await process.WaitForExitAsync().ConfigureAwait(false);

        // Only something outside of the tree that was handed the pipe could hold it open now.
        await Task.WhenAny(output.Complete, Task.Delay(OutputPatience, _time)).ConfigureAwait(false);
        await process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        await process.StandardOutput.BaseStream.DisposeAsync().ConfigureAwait(false);
        await process.StandardError.BaseStream.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(output.Complete, input).ConfigureAwait(false);
    }

    private ProcessStartInfo StartInfo(ProcessCommand command, string mark)
    {
        var folder = Path.GetFullPath(command.WorkingDirectory ?? Environment.CurrentDirectory);
        if (!Directory.Exists(folder)) throw new PermanentJobException("DirectoryNotFound", $"The working directory '{folder}' does not exist.");
        var info = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (value is null) info.Environment.Remove(name);
            else info.Environment[name] = value;
        }

        info.Environment.TryGetValue("PATH", out var searchPath);
        var program = CommandPath.Resolve(command.Command[0], searchPath, folder);
        if (_silo is not null) info.Environment[ProcessMark.Variable] = _silo.NextMark("command");
        info.Environment[ProcessMark.CommandVariable] = mark;

        // A session of its own needs a step between fork and exec, which setsid (util-linux, BusyBox) takes: it replaces itself by the command.
        // Without it the chain of parents and the mark still find everything.
        if (CommandPath.TryResolve("setsid", Environment.GetEnvironmentVariable("PATH"), folder) is { } setsid)
        {
            info.FileName = setsid;
            info.ArgumentList.Add(program);
        }
        else
        {
            info.FileName = program;
        }

        foreach (var argument in command.Command.Skip(1)) info.ArgumentList.Add(argument);
        return info;
    }
}
