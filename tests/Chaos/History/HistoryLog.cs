using System.Collections.Concurrent;

namespace Molino.Chaos;

/// <summary>Collects what happens while a run goes on, from several threads.</summary>
internal sealed class HistoryLog
{
    private readonly ConcurrentQueue<HistoryEntry> _entries = new();

    public void Add(HistoryEntry entry) => _entries.Enqueue(entry);

    public IReadOnlyList<HistoryEntry> Entries => [.. _entries];
}
