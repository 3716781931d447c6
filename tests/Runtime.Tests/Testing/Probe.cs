using System.Collections.Concurrent;

namespace Molino.Runtime.Tests.Testing;

/// <summary>How tests and grains meet: named gates that grains wait at, named signals that tests wait for, and counters.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _history = new();
    private readonly ConcurrentDictionary<(string Name, int Count), TaskCompletionSource> _awaited = new();

    public IReadOnlyList<string> History => [.. _history];

    public int Count(string name) => _counts.GetValueOrDefault(name);

    /// <summary>Records that something happened, and returns how often it has by now.</summary>
    public int Signal(string name)
    {
        _history.Enqueue(name);
        var count = _counts.AddOrUpdate(name, 1, (_, before) => before + 1);
        Source(name, count).TrySetResult();
        return count;
    }

    /// <summary>Waits until something has happened a number of times.</summary>
    public Task SeenAsync(string name, int count = 1) => Source(name, count).Task.WaitAsync(Patience);

    /// <summary>Waits at a gate, having told that it is reached.</summary>
    public Task PassAsync(string gate)
    {
        Signal($"at {gate}");
        return Gate(gate).Task;
    }

    public void Open(string gate) => Gate(gate).TrySetResult();

    private TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource Source(string name, int count) =>
        _awaited.GetOrAdd((name, count), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
