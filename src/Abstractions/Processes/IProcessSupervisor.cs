namespace Molino;

/// <summary>Runs external commands for handlers, so that nothing of a command outlives its attempt.</summary>
/// <remarks>
/// Each command runs in its own session and carries an environment mark that all its descendants inherit. Its tree is ended (TERM, grace, KILL)
/// when the caller's token is cancelled, and what it left in the background is ended when it exits. If the silo itself is killed, a command
/// that ran in a child runner dies with that runner; one that ran inline may go on until the silo starts again, which ends it before it dispatches.
/// </remarks>
public interface IProcessSupervisor
{
    /// <summary>Runs a command to its end. When this returns or throws, nothing of the command runs any more.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="onLine">Called for every line of output, one call at a time; a slow callback slows the command down.</param>
    /// <param name="cancellationToken">Ends the command's whole tree.</param>
    /// <returns>Its exit code and last output; a non-zero code is no exception.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the tree is gone.</exception>
    /// <exception cref="Core.PermanentJobException">The command or the working directory does not exist (<c>CommandNotFound</c>, <c>DirectoryNotFound</c>).</exception>
    Task<ProcessExit> RunAsync(ProcessCommand command, Action<ProcessLine> onLine, CancellationToken cancellationToken);
}
