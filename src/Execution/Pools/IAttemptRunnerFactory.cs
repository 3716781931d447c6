namespace Molino.Execution;

/// <summary>Makes the runners of one kind of pool.</summary>
public interface IAttemptRunnerFactory
{
    /// <summary>The kind, as in <c>Pools:&lt;name&gt;:Kind</c>.</summary>
    string Kind { get; }

    /// <summary>Makes the runner of a pool.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="options">Its configuration.</param>
    IAttemptRunner Create(string pool, PoolOptions options);
}
