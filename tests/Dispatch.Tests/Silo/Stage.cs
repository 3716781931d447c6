using System.Collections.Concurrent;

namespace Molino.Dispatch.Tests;

/// <summary>What handlers do, by name, and who has started in which order. A name without an act returns itself.</summary>
public sealed class Stage
{
    private readonly ConcurrentDictionary<string, Act> _acts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _started = new();
    private int _now;
    private int _most;

    /// <summary>Names in the order of their starts.</summary>
    public IReadOnlyList<string> Started => [.. _started];

    /// <summary>Handlers that run now.</summary>
    public int Now => Volatile.Read(ref _now);

    /// <summary>The most handlers that ran at once.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    public int StartsOf(string name) => _started.Count(started => started == name);

    public void On(string name, Act act) => _acts[name] = act;

    /// <summary>Makes a name wait for its gate.</summary>
    public Gate Gate(string name, bool obeys = true)
    {
        var gate = new Gate(obeys);
        On(name, gate.PassAsync);
        return gate;
    }

    public async Task<string?> PlayAsync(string name, IJobContext context, CancellationToken cancellationToken)
    {
        _started.Enqueue(name);
        var now = Interlocked.Increment(ref _now);
        for (var most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
        try
        {
            return _acts.TryGetValue(name, out var act) ? await act(context, cancellationToken) : name;
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
