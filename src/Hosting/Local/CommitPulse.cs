using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Wakes readers of the event log at each commit, while there are any: at once of this silo's, within about a second of another's.</summary>
internal sealed class CommitPulse : ICommitObserver
{
    private readonly Pulse _commits = new();

    /// <summary>Completes at the next commit.</summary>
    public Task Next => _commits.Next;

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<CommittedChange> changes) => _commits.Beat();

    /// <inheritdoc/>
    public void OnLogMoved() => _commits.Beat();
}
