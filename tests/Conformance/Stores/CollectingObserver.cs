namespace Molino.Conformance.Stores;

/// <summary>Remembers what it was told.</summary>
public sealed class CollectingObserver : ICommitObserver
{
    private readonly List<JobEventKind> _kinds = [];

    public IReadOnlyList<JobEventKind> Kinds
    {
        get
        {
            lock (_kinds) return [.. _kinds];
        }
    }

    public void OnCommitted(ReadOnlySpan<CommittedChange> changes)
    {
        lock (_kinds)
        {
            foreach (var change in changes) _kinds.Add(change.Kind);
        }
    }
}
