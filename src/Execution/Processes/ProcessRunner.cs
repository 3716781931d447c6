using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Execution.Processes;

/// <summary>Runs handlers in child processes, one job each at a time (kind <c>process</c>). See the README of this project for the rules.</summary>
/// <remarks>A child is started when an attempt finds none idle, so there are as many as the pool runs attempts at once; they are kept warm.</remarks>
public sealed class ProcessRunner : IAttemptRunner
{
    private readonly ChildRunnerSettings _settings;
    private readonly StartBackoff _backoff;
    private readonly Lock _gate = new();
    private readonly Stack<ChildRunner> _idle = new();
    private readonly HashSet<Task> _work = [];
    private readonly CancellationTokenSource _disposing = new();
    private int _concurrency;
    private bool _disposed;

    /// <summary>Creates the runner; nothing is started yet.</summary>
    /// <param name="options">How to keep children.</param>
    /// <param name="silo">The silo's processes; one for all pools.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where starts and ends of children are reported.</param>
    public ProcessRunner(ProcessRunnerOptions options, SiloProcesses silo, TimeProvider time, ILogger<ProcessRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = new ChildRunnerSettings(options, silo, time, logger);
        _backoff = new StartBackoff(options.MaxStartBackoff, time);
        _concurrency = options.Concurrency;
    }

    /// <inheritdoc/>
    public bool CanKill => true;

    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => OperatingSystem.IsLinux()
        ? _settings.Silo.EndLeftoversAsync(cancellationToken)
        : throw new PlatformNotSupportedException("Pools of kind 'process' need Linux; use kind 'inline' here.");

    /// <summary>Follows a pool that grows or shrinks: idle children above the new number are ended.</summary>
    /// <param name="concurrency">Attempts at once from now on.</param>
    public void Resize(int concurrency)
    {
        lock (_gate)
        {
            _concurrency = concurrency;
            while (_idle.Count > concurrency) Retire(_idle.Pop(), "the pool shrank");
        }
    }

    /// <inheritdoc/>
    public async Task<AttemptEnd> RunAsync(IAttempt attempt, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(kill, _disposing.Token);
        var run = RunInChildAsync(attempt, ending.Token);
        Track(run);
        return await run.ConfigureAwait(false);
    }

    /// <summary>Kills what runs, ends idle children in order, and returns when none of them is left.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            while (_idle.TryPop(out var child)) Retire(child, "the pool stops");
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        while (true)
        {
            lock (_gate) work = [.. _work];
            if (work.Length == 0) break;
            await Task.WhenAll(work).ConfigureAwait(false);
            lock (_gate) _work.ExceptWith(work);
        }

        _disposing.Dispose();
    }

    private async Task<AttemptEnd> RunInChildAsync(IAttempt attempt, CancellationToken kill)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // to start a process takes milliseconds
        ChildRunner child;
        try
        {
            child = await TakeChildAsync(kill).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new AttemptEnd.Killed(null);
        }
        catch (ChildStartException error)
        {
            var wait = _backoff.Failed();
            _settings.Logger.ChildNotStarted(_settings.Options.Pool, error.Message, wait, error.Output);
            return new AttemptEnd.Failed(
                new JobError("ChildProcessNotStarted", $"The child process did not start: {error.Message}.", error.Output), Permanent: false);
        }

        if (!await attempt.MayStartAsync().ConfigureAwait(false))
        {
            GiveBack(child);
            return new AttemptEnd.Stopped();
        }

        var end = await child.RunAsync(attempt, kill).ConfigureAwait(false);
        if (end is not AttemptEnd.Killed) GiveBack(child);
        return end;
    }

    private async Task<ChildRunner> TakeChildAsync(CancellationToken kill)
    {
        lock (_gate)
        {
            while (_idle.TryPop(out var idle))
            {
                if (idle.IsReady) return idle;
                Retire(idle, "it ended while it was idle");
            }
        }

        while (_backoff.Wait is { Ticks: > 0 } wait) await Task.Delay(wait, _settings.Time, kill).ConfigureAwait(false);
        var began = _settings.Time.GetTimestamp();
        var child = await ChildRunner.StartAsync(_settings, kill).ConfigureAwait(false);
        _backoff.Succeeded();
        _settings.Logger.ChildReady(_settings.Options.Pool, child.Identity.Pid, _settings.Time.GetElapsedTime(began));
        return child;
    }

    private void GiveBack(ChildRunner child)
    {
        // Gone already, with its tree: a crash is dealt with where it is noticed.
        if (!child.IsReady) return;
        var options = _settings.Options;
        lock (_gate)
        {
            if (_disposed) Retire(child, "the pool stops");
            else if (options.MaxJobsPerChild > 0 && child.Jobs >= options.MaxJobsPerChild) Retire(child, "it has run its number of jobs");
            else if (options.MaxMemoryMb > 0 && child.ResidentBytes > options.MaxMemoryMb * 1024L * 1024) Retire(child, "it holds too much memory");
            else if (_idle.Count >= _concurrency) Retire(child, "the pool shrank");
            else _idle.Push(child);
        }
    }

    private void Retire(ChildRunner child, string why)
    {
        _settings.Logger.ChildReplaced(_settings.Options.Pool, child.Identity.Pid, why);
        Track(RetireAsync(child));
    }

    private async Task RetireAsync(ChildRunner child)
    {
        try
        {
            await child.RetireAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _settings.Logger.NotEndedInOrder(error, _settings.Options.Pool, child.Identity.Pid);
        }
    }

    private void Track(Task task)
    {
        lock (_gate) _work.Add(task);
        _ = task.ContinueWith(
            static (done, state) =>
            {
                var runner = (ProcessRunner)state!;
                lock (runner._gate) runner._work.Remove(done);
            },
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
