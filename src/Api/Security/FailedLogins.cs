namespace Molino.Api;

/// <summary>Slows guessing: after five failures an address and name must wait, twice as long after each further one, up to a minute.</summary>
/// <param name="time">Measures the waits.</param>
internal sealed class FailedLogins(TimeProvider time)
{
    private const int Free = 5;
    private const int MostEntries = 10_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Address, string Name), (int Failures, long LastAt)> _entries = [];

    /// <summary>How long an address and name must still wait.</summary>
    /// <param name="address">The caller's address.</param>
    /// <param name="name">The name that it claims.</param>
    /// <returns>Zero when it may try.</returns>
    public TimeSpan WaitOf(string address, string name)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((address, name), out var entry) || entry.Failures < Free) return TimeSpan.Zero;
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(entry.Failures - Free, 10)), LongestWait.TotalSeconds));
            var left = wait - time.GetElapsedTime(entry.LastAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Counts a failure.</summary>
    /// <param name="address">The caller's address.</param>
    /// <param name="name">The name that it claims.</param>
    public void Count(string address, string name)
    {
        lock (_lock)
        {
            if (_entries.Count >= MostEntries) Prune();
            var failures = _entries.TryGetValue((address, name), out var entry) && time.GetElapsedTime(entry.LastAt) < Forgiven ? entry.Failures : 0;
            _entries[(address, name)] = (failures + 1, time.GetTimestamp());
        }
    }

    /// <summary>Forgets the failures after a login that was right.</summary>
    /// <param name="address">The caller's address.</param>
    /// <param name="name">The name.</param>
    public void Clear(string address, string name)
    {
        lock (_lock) _entries.Remove((address, name));
    }

    /// <summary>Drops what is forgiven; when nothing is, everything: memory stays bounded whatever comes in.</summary>
    private void Prune()
    {
        foreach (var (key, entry) in _entries)
            if (time.GetElapsedTime(entry.LastAt) >= LongestWait) _entries.Remove(key);
        if (_entries.Count >= MostEntries) _entries.Clear();
    }
}
