using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>An attempt that runs in this silo: its stop signals, its deadline, and what its handler says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token sources have no timers and no links: nothing to dispose, and handlers may keep the tokens.")]
internal sealed class RunningAttempt : IAttempt, IJobContext
{
    private const int MaxKeyLength = 200;

    private readonly PoolServices _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly AttemptReport _report;
    private readonly SemaphoreSlim _chunkGate = new(1, 1);
    private ConcurrentDictionary<string, SemaphoreSlim>? _effects;
    private readonly long _askedAt;
    private int _stopReason;
    private int _chunks;
    private long _items;

    public RunningAttempt(PoolServices services, Job job, JobType type, long askedAt)
    {
        _services = services;
        Job = job;
        Type = type;
        _askedAt = askedAt;
        StartedAt = services.Time.GetTimestamp();
        _report = new AttemptReport(job.Attempt, job.Token.Epoch, services.Time);
    }

    public Job Job { get; }

    public JobType Type { get; }

    public IJobContext Context => this;

    public CancellationToken Stopping => _stopping.Token;

    public CancellationToken Kill => _kill.Token;

    public JobId JobId => Job.Id;

    string IJobContext.Type => Job.Spec.Type;

    public int Attempt => Job.Attempt;

    public TimeLimits TimeLimits => Job.Spec.TimeLimits;

    public StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>When it started, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long StartedAt { get; }

    /// <summary>When it was told to stop, as <see cref="TimeProvider.GetTimestamp"/>; 0 while it was not.</summary>
    public long StoppedAt { get; private set; }

    public AttemptReport Reports => _report;

    /// <summary>Parts of the result that the handler appended.</summary>
    public int Chunks => _chunks;

    /// <summary>Tells the handler to stop. A stronger reason (the hard limit, a lost lease) replaces a weaker one.</summary>
    public void Stop(StopReason reason)
    {
        var stronger = reason is StopReason.HardTimeLimit or StopReason.LeaseLost;
        if (stronger) Volatile.Write(ref _stopReason, (int)reason);
        else if (Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.None) != (int)StopReason.None && reason != StopReason.CancelRequested) return;
        else if (reason == StopReason.CancelRequested) Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.SoftTimeLimit);
        if (StoppedAt == 0) StoppedAt = _services.Time.GetTimestamp();
        _ = _stopping.CancelAsync();
    }

    /// <summary>Ends it now: what can be killed is killed, an inline handler is abandoned.</summary>
    public void End() => _ = _kill.CancelAsync();

    /// <summary>Ends it because its lease is gone.</summary>
    public void Lose()
    {
        Stop(StopReason.LeaseLost);
        End();
    }

    public async ValueTask<bool> MayStartAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_services.Time.GetElapsedTime(_askedAt) < _services.Options.TrustLease) return true;
            try
            {
                if (await HoldsLeaseAsync().ConfigureAwait(false)) return true;
                Lose();
            }
            catch (StoreException)
            {
                await Task.Delay(_services.Options.RetryStoreAfter, _services.Time, CancellationToken.None).ConfigureAwait(false); // a store that is away gives no lease to others either
            }
        }

        return false;
    }

    /// <summary>Asks the store whether the job runs by this attempt's lease.</summary>
    public async Task<bool> HoldsLeaseAsync() =>
        await _services.Jobs.FindAsync(JobId, CancellationToken.None).ConfigureAwait(false) is { Status: JobStatus.Running } job && job.Token == Job.Token;

    public void Report(double? fraction, string? message = null, object? data = null) => _report.Report(HandlerProgress.Of(fraction, message, data));

    public void Log(string line) => _report.Log(line);

    public async Task<T> EffectOnceAsync<T>(string key, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken)
    {
        CheckKey(key);
        var effects = LazyInitializer.EnsureInitialized(ref _effects);
        var gate = effects.GetOrAdd(key, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            var stored = await _services.Content.GetDataAsync(JobId, "effect:" + key, cancellationToken);
            if (stored is not null) return JsonSerializer.Deserialize<T>(stored, JobJson.Options)!;
            var outcome = await effect(cancellationToken);
            await PutAsync("effect:" + key, outcome, CancellationToken.None); // it is done: a stop must not make it happen again
            return outcome;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<T?> LoadStateAsync<T>(string name, CancellationToken cancellationToken)
    {
        CheckKey(name);
        var stored = await _services.Content.GetDataAsync(JobId, "state:" + name, cancellationToken);
        return stored is null ? default : JsonSerializer.Deserialize<T>(stored, JobJson.Options);
    }

    public Task SaveStateAsync<T>(string name, T value, CancellationToken cancellationToken)
    {
        CheckKey(name);
        return PutAsync("state:" + name, value, cancellationToken);
    }

    public async Task AppendResultItemsAsync(ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken)
    {
        await _chunkGate.WaitAsync(cancellationToken);
        try
        {
            if (!await _services.Content.PutChunkAsync(JobId, Job.Token, new ResultChunk(_chunks, _items, count, items), cancellationToken)) throw LostLease();
            _chunks++;
            _items += count;
        }
        finally
        {
            _chunkGate.Release();
        }
    }

    public Task<JobId> SubmitChildAsync(string type, object args, string key, CancellationToken cancellationToken)
    {
        CheckKey(key);
        return _services.Children.SubmitAsync(JobId, type, JsonSerializer.SerializeToUtf8Bytes(args, JobJson.Options), key, cancellationToken);
    }

    public Exception Snooze(TimeSpan delay) => new SnoozeException(delay);

    private static void CheckKey(string key)
    {
        if (key is not { Length: > 0 and <= MaxKeyLength }) throw new ArgumentException($"A key has 1 to {MaxKeyLength} characters.", nameof(key));
    }

    private async Task PutAsync<T>(string key, T value, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options);
        if (!await _services.Content.PutDataAsync(JobId, Job.Token, key, json, cancellationToken)) throw LostLease();
    }

    private JobSystemException LostLease() => new(ErrorCodes.IllegalTransition, $"Job {JobId}: the lease of this attempt is gone; nothing it does is kept.");
}
