using Molino.Core;

namespace Molino.Storage;

/// <summary>Told of commits made through this process, right after they are durable, and of what other processes did that matters here.</summary>
/// <remarks>Hints, never the truth: one may be lost, and of what other silos commit the jobs are told in the two cases of <see cref="JobNotice"/> only. Must not block or throw.</remarks>
public interface ICommitObserver
{
    /// <summary>Some changes are durable. Called on the store's writer.</summary>
    /// <param name="changes">The jobs after their changes, in commit order. Valid only during the call: copy what must live longer.</param>
    void OnCommitted(ReadOnlySpan<CommittedChange> changes);

    /// <summary>Another process has changed a job that matters here. Never called by a store that one process has for itself.</summary>
    /// <param name="notice">What happened.</param>
    void OnNoticed(JobNotice notice)
    {
    }

    /// <summary>
    /// The event log may have grown: told within about a second of what other processes commit, and also when it was this one. Never called by a store that one process
    /// has for itself.
    /// </summary>
    void OnLogMoved()
    {
    }
}
