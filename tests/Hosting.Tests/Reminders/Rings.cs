using System.Collections.Concurrent;

namespace Molino.Hosting.Tests.Reminders;

/// <summary>Which reminders ticked in one silo.</summary>
public sealed class Rings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _seen = new(StringComparer.Ordinal);

    public void Add(string ring) => Of(ring).TrySetResult();

    public Task SeenAsync(string ring) => Of(ring).Task.WaitAsync(Patience);

    public bool Has(string ring) => Of(ring).Task.IsCompleted;

    private TaskCompletionSource Of(string ring) => _seen.GetOrAdd(ring, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
