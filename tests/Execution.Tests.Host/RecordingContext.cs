using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Molino.Core;

namespace Molino.Execution.Tests.Host;

/// <summary>A job's context that keeps everything in memory, as JSON, the way a store would.</summary>
public sealed class RecordingContext(JobSpec spec, int attempt) : IJobContext
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public JobId JobId => spec.Id;

    public string Type => spec.Type;

    public int Attempt => attempt;

    public TimeLimits TimeLimits => spec.TimeLimits;

    public StopReason StopReason { get; set; }

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<string> Progress { get; } = new();

    public ConcurrentDictionary<string, string> Data { get; } = new(StringComparer.Ordinal);

    public StringBuilder Items { get; } = new();

    public bool LeaseLost { get; set; }

    public bool RefusesProgress { get; set; }

    public void Report(double? fraction, string? message = null, object? data = null)
    {
        if (RefusesProgress) throw new ArgumentException("No progress is taken here.", nameof(data));
        Progress.Enqueue($"{fraction} {message} {JsonSerializer.Serialize(data, JobJson.Options)}");
    }

    public void Log(string line)
    {
        Lines.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    /// <summary>Waits for a line that begins so, among those that came and those to come, and gives the rest of it.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (true)
        {
            var line = Lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal));
            if (line is not null) return line[beginning.Length..].Trim();
            await _lines.Reader.ReadAsync(patience.Token);
        }
    }

    public async Task<T> EffectOnceAsync<T>(string key, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken)
    {
        if (Data.TryGetValue("effect:" + key, out var known)) return JsonSerializer.Deserialize<T>(known, JobJson.Options)!;
        var made = await effect(cancellationToken);
        ThrowIfLost();
        Data["effect:" + key] = JsonSerializer.Serialize(made, JobJson.Options);
        return made;
    }

    public Task<T?> LoadStateAsync<T>(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Data.TryGetValue("state:" + name, out var json) ? JsonSerializer.Deserialize<T>(json, JobJson.Options) : default);

    public Task SaveStateAsync<T>(string name, T value, CancellationToken cancellationToken)
    {
        ThrowIfLost();
        Data["state:" + name] = JsonSerializer.Serialize(value, JobJson.Options);
        return Task.CompletedTask;
    }

    public Task AppendResultItemsAsync(ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken)
    {
        Items.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{count}]").Append(Encoding.UTF8.GetString(items.Span));
        return Task.CompletedTask;
    }

    public Task<JobId> SubmitChildAsync(string type, object args, string key, CancellationToken cancellationToken)
    {
        Data["child:" + key] = type + JsonSerializer.Serialize(args, JobJson.Options);
        return Task.FromResult(JobId.Create(DateTimeOffset.UnixEpoch, 7));
    }

    public Exception Snooze(TimeSpan delay) => new SnoozeException(delay);

    private void ThrowIfLost()
    {
        if (LeaseLost) throw new JobSystemException("lease_lost", "The lease was lost.");
    }
}
