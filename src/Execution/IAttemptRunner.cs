namespace Molino.Execution;

/// <summary>Runs a pool's attempts in one way: in the silo (<c>inline</c>) or in child processes (<c>process</c>).</summary>
public interface IAttemptRunner : IAsyncDisposable
{
    /// <summary>Makes ready: a process runner ends what an earlier silo left behind before anything is dispatched.</summary>
    /// <param name="cancellationToken">Stops the attempt to start.</param>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Whether an attempt that ignores its stop can be ended from outside. Default false.</summary>
    bool CanKill => false;

    /// <summary>Runs one attempt to its end. Returns to its caller at once: neither the handler nor a start of a process holds it up. Never throws for what the handler does; see <see cref="AttemptEnd"/>.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="kill">Cancelled when the attempt must end now (hard limit, stop request not obeyed in time, lease lost). A process runner
    /// kills the child's whole tree and returns once it is gone; an inline runner abandons the handler.</param>
    Task<AttemptEnd> RunAsync(IAttempt attempt, CancellationToken kill);
}
