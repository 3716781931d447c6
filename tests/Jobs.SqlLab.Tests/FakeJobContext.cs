using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Molino.Core;

namespace Molino.Jobs.SqlLab.Tests;

/// <summary>An attempt without a silo. Copies what it is given, as the caller may use the memory again.</summary>
internal sealed class FakeJobContext : IJobContext
{
    private static int _made;

    public JobId JobId { get; } = JobId.Create(TimeProvider.System.GetUtcNow(), (ulong)Interlocked.Increment(ref _made) << 20);

    public string Type => SqlLabJobs.QueryType;

    public int Attempt { get; init; } = 1;

    public TimeLimits TimeLimits { get; init; } = SqlLabJobs.Types[0].Options.TimeLimits;

    public StopReason StopReason { get; set; }

    public bool KeepRows { get; init; } = true;

    public List<byte[]> Parts { get; } = [];

    public long Rows { get; private set; }

    public long LargestPart { get; private set; }

    public ConcurrentQueue<(double? Fraction, string? Message)> Reports { get; } = [];

    /// <summary>Called after each stored part.</summary>
    public Action? Stored { get; set; }

    public string QueryId => SqlStatement.IdOf(JobId, Attempt);

    public List<JsonElement> AllRows => [.. Parts.SelectMany(part => Encoding.UTF8.GetString(part).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => JsonElement.Parse(line))];

    public void Report(double? fraction, string? message = null, object? data = null) => Reports.Enqueue((fraction, message));

    public void Log(string line)
    {
    }

    public Task<T> EffectOnceAsync<T>(string key, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken) => effect(cancellationToken);

    public Task<T?> LoadStateAsync<T>(string name, CancellationToken cancellationToken) => Task.FromResult<T?>(default);

    public Task SaveStateAsync<T>(string name, T value, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AppendResultItemsAsync(ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken)
    {
        items.Span[^1].ShouldBe((byte)'\n');
        Rows += count;
        LargestPart = Math.Max(LargestPart, items.Length);
        if (KeepRows) Parts.Add(items.ToArray());
        Stored?.Invoke();
        return Task.CompletedTask;
    }

    public Task<JobId> SubmitChildAsync(string type, object args, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Exception Snooze(TimeSpan delay) => new SnoozeException(delay);
}
