using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Processes;

/// <summary>One child process, from its start to the end of its tree. It runs one job at a time.</summary>
internal sealed class ChildRunner : IDisposable
{
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ChildRunnerSettings _settings;
    private readonly string _mark;
    private readonly ChildChannel _channel;
    private readonly OutputTail _idleTail = new();
    private readonly TaskCompletionSource<HelloHeader> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task _output;
    private volatile ChildAttempt? _attempt;
    private int _exitCode;

    private ChildRunner(Process process, ProcessIdentity identity, string mark, ChildRunnerSettings settings)
    {
        _process = process;
        _settings = settings;
        _mark = mark;
        Identity = identity;
        _channel = new ChildChannel(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _reading = ReadAsync();
        _output = OutputReader.ReadAsync(process.StandardError.BaseStream, TakeOutput);
    }

    internal ProcessIdentity Identity { get; }

    /// <summary>Jobs it has run to their end.</summary>
    internal int Jobs { get; private set; }

    internal long ResidentBytes => ProcessTable.ResidentBytes(Identity.Pid);

    /// <summary>Whether it can take a job.</summary>
    internal bool IsReady => !_reading.IsCompleted;

    /// <summary>Lets go of the pipes and the process's handle; called at the end of its tree.</summary>
    public void Dispose()
    {
        _channel.Dispose();
        _process.Dispose();
    }

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <exception cref="ChildStartException">It did not become ready; nothing of it runs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of it runs.</exception>
    internal static async Task<ChildRunner> StartAsync(ChildRunnerSettings settings, CancellationToken cancellationToken)
    {
        var mark = settings.Silo.NextMark(settings.Options.Pool);
        Process process;
        try
        {
            process = Process.Start(StartInfo(settings.Options.Command, mark)) ?? throw new ChildStartException("no process was started", null);
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new ChildStartException(error.Message, null, error);
        }

        // A child that is gone already has no start time; its end shows as an early end of its output.
        var runner = new ChildRunner(process, ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, long.MaxValue), mark, settings);
        try
        {
            runner.Record();
            var hello = await runner._hello.Task.WaitAsync(settings.Options.StartTimeout, settings.Time, cancellationToken).ConfigureAwait(false);
            if (hello.Version == FrameCodec.Version) return runner;
            throw new ChildStartException($"it speaks version {hello.Version} of the protocol, not {FrameCodec.Version}", null);
        }
        catch (Exception error) when (error is ChildStartException or TimeoutException or OperationCanceledException)
        {
            await runner.KillAsync(TimeSpan.Zero).ConfigureAwait(false);
            var reason = error is TimeoutException ? $"it was not ready after {settings.Options.StartTimeout}" : error.Message;
            if (error is OperationCanceledException) throw;
            throw new ChildStartException(reason, runner._idleTail.Text(), error);
        }
    }

    /// <summary>Runs a job to its end.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="kill">Ends the child's whole tree.</param>
    internal async Task<AttemptEnd> RunAsync(IAttempt attempt, CancellationToken kill)
    {
        using var running = new ChildAttempt(attempt, _channel);
        _attempt = running;
        try
        {
            // Not waited for: a child that does not read must not keep the kill from being heard. One that is gone shows at its output.
            _ = running.SendStartAsync();
            using var stopping = attempt.Stopping.Register(() => _ = running.SendStopAsync());
            var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var killing = kill.Register(() => killed.TrySetResult());
            await Task.WhenAny(running.Ended, _reading, killed.Task).ConfigureAwait(false);
            if (running.Ended.IsCompletedSuccessfully)
            {
                Jobs++;
                await Task.WhenAny(running.OutputComplete, Task.Delay(OutputPatience, _settings.Time, CancellationToken.None)).ConfigureAwait(false);
                return await running.Ended.ConfigureAwait(false);
            }

            if (!killed.Task.IsCompleted) return await CrashedAsync(running).ConfigureAwait(false);
            _ = running.SendStopAsync();
            await EndTreeAsync(_settings.Options.KillGrace, running.Ended).ConfigureAwait(false);
            return new AttemptEnd.Killed(running.Tail.Text());
        }
        finally
        {
            _attempt = null;
        }
    }

    /// <summary>Ends an idle child in order: its input is closed; what does not end by itself is killed.</summary>
    internal async Task RetireAsync()
    {
        _channel.CloseInput();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(_settings.Options.KillGrace, _settings.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Then it is killed like one that hangs.
        }

        await KillAsync(TimeSpan.Zero).ConfigureAwait(false);
    }

    /// <summary>Ends the child with all that it started; returns when none of it runs. Harmless when it is gone.</summary>
    internal Task KillAsync(TimeSpan grace) => EndTreeAsync(grace, settled: null);

    private static ProcessStartInfo StartInfo(ChildCommand command, string mark)
    {
        var info = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment[ProcessMark.ProtocolVariable] = FrameCodec.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        info.Environment[ProcessMark.Variable] = mark;

        // One job at a time: no heap per core, no collector thread, no instrumented code. The child takes these out of what it hands on.
        foreach (var (name, value) in Runner.RunnerProcess.RuntimeSettings) info.Environment[name] = value;
        return info;
    }

    private void Record()
    {
        try
        {
            _settings.Silo.Records.Add(Identity, _mark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The mark finds it all the same.
            _settings.Logger.RecordFailed(error, Identity.Pid);
        }
    }

    private async Task<AttemptEnd> CrashedAsync(ChildAttempt running)
    {
        await EndTreeAsync(TimeSpan.Zero, settled: null).ConfigureAwait(false);
        var how = ExitStatus.Describe(_exitCode);
        _settings.Logger.ChildCrashed(_settings.Options.Pool, Identity.Pid, how);
        return new AttemptEnd.Failed(new JobError(JobError.ChildProcessExited, $"The child process ended by itself: {how}.", running.Tail.Text()), Permanent: false);
    }

    private async Task EndTreeAsync(TimeSpan grace, Task? settled)
    {
        var tree = new ProcessTree(Identity, SiloProcesses.MarkEntry(_mark));
        if (grace > TimeSpan.Zero)
        {
            await ProcessTreeEnding.EndAsync(tree, Identity, grace, settled is null ? _reading : Task.WhenAny(settled, _reading), _settings.Time).ConfigureAwait(false);
        }
        else
        {
            // A child that crashed is given the chance to say how; one that hangs has closed nothing.
            if (_reading.IsCompleted) await WaitForExitAsync().ConfigureAwait(false);
            await ProcessTreeEnding.KillAsync(tree, Identity, _settings.Time, CancellationToken.None).ConfigureAwait(false);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_output, _reading), Task.Delay(OutputPatience, _settings.Time, CancellationToken.None)).ConfigureAwait(false);
        _exitCode = _process.ExitCode;
        Dispose();
        await _reading.ConfigureAwait(false);
        try
        {
            _settings.Silo.Records.Remove(Identity);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _settings.Logger.RecordFailed(error, Identity.Pid);
        }
    }

    private async Task WaitForExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(OutputPatience, _settings.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It closed its output and goes on: it is killed.
        }
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        try
        {
            while (await _channel.ReadAsync().ConfigureAwait(false) is { } frame) Take(frame);
            _hello.TrySetException(new ChildStartException("it ended before it was ready", null));
        }
        catch (Exception error)
        {
            // Whatever it is (no frame, a header that cannot be read): nothing that follows can be trusted.
            _hello.TrySetException(new ChildStartException(
                "it wrote to its output what is not in the protocol; does the program call MolinoRunner.TryRunAsync before anything else?", null, error));
            _settings.Logger.ProtocolBroken(error, _settings.Options.Pool, Identity.Pid);
        }
    }

    private void Take(in Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Hello:
                _hello.TrySetResult(JsonSerializer.Deserialize(frame.Header.Span, RunnerJson.Default.HelloHeader) ?? new HelloHeader(0, 0));
                break;
            case FrameKind.Diagnostic:
                if (JsonSerializer.Deserialize(frame.Header.Span, RunnerJson.Default.DiagnosticHeader) is { } entry)
                {
                    _settings.Logger.FromChild(entry.Level, _settings.Options.Pool, Identity.Pid, entry.Category, entry.Message);
                }

                break;
            default:
                // Frames of a job that is over (a handler's forgotten background task) have no address any more.
                _attempt?.Take(frame);
                break;
        }
    }

    private void TakeOutput(string line)
    {
        if (_attempt is { } attempt)
        {
            attempt.TakeOutput(line);
            return;
        }

        _idleTail.Add(line);
        _settings.Logger.IdleOutput(_settings.Options.Pool, Identity.Pid, line);
    }
}
