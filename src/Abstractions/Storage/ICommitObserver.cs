using Molino.Core;

namespace Molino.Storage;

/// <summary>Told of commits made through this process, right after they are durable.</summary>
/// <remarks>A hint, never the truth: what other silos commit is not told. Called on the store's writer; must not block or throw.</remarks>
public interface ICommitObserver
{
    /// <summary>Some changes are durable.</summary>
    /// <param name="changes">The jobs after their changes, in commit order. Valid only during the call: copy what must live longer.</param>
    void OnCommitted(ReadOnlySpan<CommittedChange> changes);
}
